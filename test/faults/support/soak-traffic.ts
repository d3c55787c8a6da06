/** People who come and go: so many requests a second, of all kinds, for as long as wanted. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import type { CampaignContext } from './campaign.ts';

const password = 'copper-lantern-meadow';

export interface TrafficOptions {
  server: { url: string; backendUrl: string; secretKey: string };
  /** Requests a second. */
  rate: number;
  people: number;
  random: () => number;
  count: CampaignContext['count'];
  /** Milliseconds of each answer. */
  note: (duration: number) => void;
}

export interface Traffic {
  /** Ends when the signal comes, after what is under way. @throws AssertionError for an answer that should not be. */
  run(signal: AbortSignal): Promise<void>;
}

/** A browser that somebody has signed in with. */
interface Seat {
  emailAddress: string;
  browser: FrontendClient;
  sessionId: string;
}

/** The answer was 503. It is counted and judged in the end, since the rest of a run of hours says something all the same. */
export class Unavailable extends Error {}

/** Whatever they do at the same time. */
const hands = 24;

/** Makes the people. */
export async function prepareTraffic({ server, rate, people, random, count, note }: TrafficOptions): Promise<Traffic> {
  const slot = createPacer(rate);
  const paced = async <Answer extends { status: number }>(what: string, ask: () => Promise<Answer>): Promise<Answer> => {
    await slot();
    const start = performance.now();
    const answer = await ask();
    note(performance.now() - start);
    count('requests');
    if (answer.status === 503) throw new Unavailable(what);
    assert.ok(answer.status < 500, `${what}: ${answer.status}`);
    return answer;
  };
  const backend = createBackendClient(server);
  const call: BackendCall = (method, path, request) => paced(`${method} ${path}`, () => backend(method, path, request));
  const ask = (browser: FrontendClient, method: string, path: string, form: Record<string, string> = {}, sessionId?: string) =>
    paced(`${method} ${path}`, () => browser.call(method, path, form, sessionId === undefined ? {} : { sessionId }));
  const newBrowser = async () => {
    const { browser } = await paced('POST /dev_browser', () =>
      createFrontendClient(server).then(
        (browser) => ({ status: 200, browser }),
        (error: unknown) => {
          if (error instanceof Error && /: 503 /.test(error.message)) throw new Unavailable(error.message);
          throw error;
        },
      ),
    );
    return browser;
  };

  const signIn = async (emailAddress: string): Promise<Seat> => {
    const browser = await newBrowser();
    const answer = await ask(browser, 'POST', '/client/sign_ins', { identifier: emailAddress, password });
    assert.equal(answer.status, 200, `signing in: ${answer.codes.join()}`);
    count('sign-ins');
    return { emailAddress, browser, sessionId: answer.response.created_session_id as string };
  };

  const seats: Seat[] = [];
  for (let person = 0; person < people; person++) {
    const emailAddress = `person${person}@example.com`;
    const { status } = await backend('POST', '/users', { body: { email_address: [emailAddress], password } });
    assert.equal(status, 200);
    seats.push(await signIn(emailAddress));
  }

  /** Somebody whose session is over signs in anew, as a page would ask them to. */
  const asSomebody = async (act: (seat: Seat) => Promise<FrontendAnswer>) => {
    const place = Math.floor(random() * seats.length);
    const seat = seats[place];
    // Another hand has it.
    if (!seat) return;
    seats.splice(place, 1);
    let next = seat;
    try {
      const { status } = await act(seat);
      if (status !== 200) {
        assert.ok([401, 404].includes(status), String(status));
        count('sessions found expired');
        next = await signIn(seat.emailAddress);
      }
    } finally {
      seats.push(next);
    }
  };

  let newcomers = 0;
  const signUpAndLeave = async () => {
    const browser = await newBrowser();
    const emailAddress = `new${newcomers++}+clerk_test@example.com`;
    const begun = await ask(browser, 'POST', '/client/sign_ups', { email_address: emailAddress, password });
    assert.equal(begun.status, 200, begun.codes.join());
    const path = `/client/sign_ups/${begun.response.id}`;
    await ask(browser, 'POST', `${path}/prepare_verification`, { strategy: 'email_code' });
    const proved = await ask(browser, 'POST', `${path}/attempt_verification`, { strategy: 'email_code', code: '424242' });
    // Minutes of the server's clock may have passed meanwhile.
    if (proved.status !== 200) return count('codes expired');
    count('sign-ups');
    assert.equal((await call('DELETE', `/users/${proved.response.created_user_id}`)).status, 200);
  };

  /** What takes place, with how often. */
  const acts: [number, () => Promise<void>][] = [
    [30, () => asSomebody(({ browser }) => ask(browser, 'GET', '/client'))],
    [15, () => asSomebody(({ browser, sessionId }) => ask(browser, 'GET', '/me', {}, sessionId))],
    [20, () => asSomebody(({ browser, sessionId }) => ask(browser, 'POST', `/client/sessions/${sessionId}/tokens`))],
    [
      10,
      () =>
        asSomebody(({ browser, sessionId }) =>
          ask(browser, 'PATCH', '/me', { unsafe_metadata: JSON.stringify({ note: Math.floor(random() * 1e6) }) }, sessionId),
        ),
    ],
    [5, async () => void (await call('GET', '/users?limit=10&order_by=-created_at'))],
    [3, async () => void (await ask(await newBrowser(), 'GET', '/environment'))],
    // Left alone: the session ends by its age.
    [5, () => turnOver(false)],
    [3, () => turnOver(true)],
    [2, signUpAndLeave],
    [2, beginAndLeave],
  ];
  async function turnOver(signsOut: boolean): Promise<void> {
    const seat = seats.shift();
    if (!seat) return;
    let next = seat;
    try {
      if (signsOut) await ask(seat.browser, 'DELETE', '/client/sessions');
      next = await signIn(seat.emailAddress);
    } finally {
      seats.push(next);
    }
  }
  async function beginAndLeave(): Promise<void> {
    const browser = await newBrowser();
    const identifier = `person${Math.floor(random() * people)}@example.com`;
    const { status, codes } = await ask(browser, 'POST', '/client/sign_ins', { identifier, strategy: 'email_code' });
    // Limits of sending are per address.
    assert.ok([200, 429].includes(status), codes.join());
    count('sign-ins left unfinished');
  }

  const sum = acts.reduce((total, [weight]) => total + weight, 0);
  const next = () => {
    let left = random() * sum;
    for (const [weight, act] of acts) {
      left -= weight;
      if (left < 0) return act;
    }
    return beginAndLeave;
  };
  return {
    run: async (signal) => {
      const work = async () => {
        while (!signal.aborted) {
          await next()().catch((error: unknown) => {
            if (!(error instanceof Unavailable)) throw error;
            count('answers 503');
          });
        }
      };
      await Promise.all(Array.from({ length: hands }, work));
    },
  };
}

/** Resolves so many times a second at most, in order. */
function createPacer(rate: number): () => Promise<void> {
  let next = performance.now();
  return async () => {
    const at = Math.max(next, performance.now() - 1_000 / rate);
    next = at + 1_000 / rate;
    await delay(Math.max(0, at - performance.now()));
  };
}
