/** Starts the server of a soak and asks it questions. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SoakAnswer, SoakOrder, Usage } from './soak-server.ts';

export interface SoakProcess {
  url: string;
  backendUrl: string;
  secretKey: string;
  measure(): Promise<Usage>;
  rotate(): Promise<void>;
  /** What it has logged: warnings and errors. */
  log(): string;
  stop(): Promise<void>;
}

/** Characters of the log that are kept. */
const longestLog = 20_000;

export async function startSoakServer(order: SoakOrder): Promise<SoakProcess> {
  const child = fork(fileURLToPath(new URL('./soak-server.ts', import.meta.url)), [JSON.stringify(order)], {
    execArgv: ['--expose-gc', '--enable-source-maps', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-longestLog)));
  const ended = once(child, 'exit');
  const answer = async (): Promise<SoakAnswer> => {
    const gone = ended.then(() => Promise.reject(new Error(`The server has ended:\n${log}`)));
    const [content] = (await Promise.race([once(child, 'message'), gone])) as [SoakAnswer];
    return content;
  };
  // One question at a time: answers carry no number.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (wish: string): Promise<SoakAnswer> => {
    const asked = last.then(() => {
      const answered = answer();
      child.send(wish);
      return answered;
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  const first = await answer();
  if (!('ready' in first)) throw new Error('The server did not say where it is.');
  return {
    ...first.ready,
    measure: async () => {
      const said = await ask('measure');
      if (!('usage' in said)) throw new Error('The server did not say how it is.');
      return said.usage;
    },
    rotate: async () => void (await ask('rotate')),
    log: () => log,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.send('stop');
      await ended;
    },
  };
}
