/** Delivers what waits for one endpoint. Each has a worker of its own, so that one that hangs holds up no other. */
import { claimDeliveries, findNextAttempt } from '../store/webhook-events.ts';
import { attemptDelivery, attemptTimeLimit } from './delivery.ts';
import type { DeliveryContext } from './delivery.ts';
import type { WebhookEndpoint } from './settings.ts';

export interface DeliveryWorker {
  /** There may be something to deliver. */
  wake(): void;
  /** Takes no more, and waits for the attempts that are under way. */
  stop(): Promise<void>;
}

/** Attempts at the same time. */
const maximumRunning = 8;
/** Milliseconds after which an attempt is taken for dead: longer than one can last. */
const lease = attemptTimeLimit + 2_000;
/** Milliseconds between looks for what other processes have left undone. */
const pollInterval = 5_000;
/** Milliseconds: what is due may be in the hands of another process at this very moment. */
const shortestPause = 100;

export function createWorker(context: DeliveryContext, endpoint: WebhookEndpoint): DeliveryWorker {
  const { database, now, log } = context;
  const running = new Set<Promise<void>>();
  let round: Promise<void> | undefined;
  let isAskedAgain = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const report = (error: unknown) => log({ level: 'debug', message: 'webhooks wait', endpoint: endpoint.host, error: String(error) });

  const takeDue = async () => {
    const limit = maximumRunning - running.size;
    const claimed = limit > 0 ? await claimDeliveries(database, { endpoint: endpoint.id, limit, lease }, now()) : [];
    for (const delivery of claimed) {
      const attempt = attemptDelivery(context, endpoint, delivery)
        .catch(report)
        .finally(() => {
          running.delete(attempt);
          wake();
        });
      running.add(attempt);
    }
  };

  const pauseLength = async () => {
    const next = await findNextAttempt(database, endpoint.id);
    return next === undefined ? pollInterval : Math.min(Math.max(next - now(), shortestPause), pollInterval);
  };

  const work = async () => {
    let pause = pollInterval;
    try {
      do {
        isAskedAgain = false;
        await takeDue();
      } while (isAskedAgain && !isStopped);
      // Who ends an attempt looks again.
      if (running.size < maximumRunning) pause = await pauseLength();
    } catch (error) {
      // The database is away; it is asked again after the pause.
      report(error);
    }
    round = undefined;
    if (isStopped) return;
    if (isAskedAgain) wake();
    else timer = setTimeout(wake, pause).unref();
  };

  const wake = () => {
    isAskedAgain = true;
    if (isStopped || round) return;
    clearTimeout(timer);
    round = work();
  };

  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await round;
      await Promise.all(running);
    },
  };
}
