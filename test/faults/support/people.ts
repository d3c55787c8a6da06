/** People of a campaign, made by the Backend API of a stage, and browsers that reach all of its servers. */
import assert from 'node:assert/strict';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';

export type Reachable = Pick<ServerProcess, 'url' | 'backendUrl' | 'secretKey'>;

/** Makes a user. @returns its id. */
export async function createPerson(server: Reachable, emailAddress: string, more: object = {}): Promise<string> {
  const body = { email_address: [emailAddress], skip_password_requirement: true, ...more };
  const { status, body: user } = await createBackendClient(server)('POST', '/users', { body });
  assert.equal(status, 200, JSON.stringify(user));
  return user.id as string;
}

/** One browser at several servers on one database, in their order: it is the same client to each of them. */
export async function createBrowserAt(servers: readonly [Reachable, ...Reachable[]]): Promise<FrontendClient[]> {
  const [first, ...others] = servers;
  const browser = await createFrontendClient(first);
  const twins = await Promise.all(
    others.map(async (server) => {
      const twin = await createFrontendClient(server);
      twin.devBrowser = browser.devBrowser;
      return twin;
    }),
  );
  return [browser, ...twins];
}

/** Does the work so many times at once; `turn` says which one it is. */
export const atOnce = <Result>(times: number, work: (turn: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_item, turn) => work(turn)));

/**
 * How many were answered with 503, as a server does that has more to do than its machine allows: what they asked for has happened or not. At full
 * size, alone on its machine, there may be none.
 * @throws AssertionError
 */
export function countTurnedAway(answers: readonly { status: number }[], { isFull }: { isFull: boolean }): number {
  const count = answers.filter(({ status }) => status === 503).length;
  assert.ok(count === 0 || !isFull, `${count} of ${answers.length} answers are 503`);
  return count;
}

/** How many answers there are of each kind: status and codes, without warnings. */
export function tally(answers: readonly { status: number; codes: readonly string[] }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, codes } of answers) {
    const kind = [status, ...codes.filter((code) => code !== 'account_lockout_warning')].join(' ');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
