/** Writers that remember what the server has answered, and the question whether all of it is still there. */
import assert from 'node:assert/strict';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';

/** What was answered, so what must be there from then on. */
export interface Confirmed {
  /** Public metadata by user id. */
  users: Map<string, Record<string, number>>;
  deleted: Set<string>;
  /** Browsers that have signed up, by user id. */
  signedUp: Map<string, { browser: FrontendClient; sessionId: string }>;
  /** How many writes that was. */
  writes: number;
}

export const nothingConfirmed = (): Confirmed => ({ users: new Map(), deleted: new Set(), signedUp: new Map(), writes: 0 });

/** Adds what `more` has to `confirmed`. */
export function addConfirmed(confirmed: Confirmed, more: Confirmed): void {
  for (const [id, metadata] of more.users) confirmed.users.set(id, metadata);
  for (const id of more.deleted) confirmed.deleted.add(id);
  for (const [id, session] of more.signedUp) confirmed.signedUp.set(id, session);
  confirmed.writes += more.writes;
}

/** The answer was 503, or the database could not be reached: what was asked for may have happened or not. */
class Unknown extends Error {}

/** @throws Unknown for 503; AssertionError for any other refusal. */
function requireSuccess(status: number, what: string): void {
  if (status === 503) throw new Unknown();
  assert.equal(status, 200, what);
}

export interface Writer {
  server: Pick<ServerProcess, 'url' | 'backendUrl' | 'secretKey'>;
  /** Part of the addresses, so that no two writers ask for the same one. */
  name: string;
  confirmed: Confirmed;
  /** Ends the writer after what it is at; the end of its server does so too. */
  signal?: AbortSignal;
  /** Is told of each 503. */
  onRefusal?: () => void;
}

/** Makes users in two ways, changes and deletes them, until the server goes or the signal comes. */
export async function writeUntilGone({ server, name, confirmed, signal, onRefusal }: Writer): Promise<void> {
  const call = createBackendClient(server);
  for (let turn = 0; !signal?.aborted; turn++) {
    try {
      if (turn % 4 === 3) await signUp(server.url, `${name}-${turn}+clerk_test@example.com`, confirmed);
      else await changeUser(call, { name, turn, confirmed });
    } catch (error) {
      if (error instanceof Unknown) {
        onRefusal?.();
        continue;
      }
      if (error instanceof assert.AssertionError) throw error;
      // The connection is gone, and with it whatever was under way.
      return;
    }
  }
}

async function changeUser(
  call: BackendCall,
  { name, turn, confirmed }: { name: string; turn: number; confirmed: Confirmed },
): Promise<void> {
  const body = { email_address: [`${name}-${turn}@example.com`], skip_password_requirement: true, public_metadata: { turn } };
  const created = await call('POST', '/users', { body });
  requireSuccess(created.status, 'POST /users');
  const { id } = created.body as { id: string };
  confirmed.users.set(id, { turn });
  confirmed.writes++;
  requireSuccess((await call('POST', '/sessions', { body: { user_id: id } })).status, 'POST /sessions');
  for (let key = 0; key < 3; key++) {
    const changed = await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { [`key${key}`]: key } } });
    requireSuccess(changed.status, 'PATCH /users/{id}/metadata');
    confirmed.users.set(id, { ...confirmed.users.get(id), [`key${key}`]: key });
    confirmed.writes++;
  }
  if (turn % 3) return;
  // Neither there nor gone is promised until it is answered.
  confirmed.users.delete(id);
  requireSuccess((await call('DELETE', `/users/${id}`)).status, 'DELETE /users/{id}');
  confirmed.deleted.add(id);
  confirmed.writes++;
}

async function signUp(url: string, emailAddress: string, confirmed: Confirmed): Promise<void> {
  const browser = await createFrontendClient({ url }).catch((error: unknown) => {
    throw error instanceof Error && /: 503 /.test(error.message) ? new Unknown() : error;
  });
  const begun = await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, password: 'copper-lantern-meadow' });
  requireSuccess(begun.status, 'POST /client/sign_ups');
  const path = `/client/sign_ups/${begun.response.id}`;
  requireSuccess((await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' })).status, 'the code');
  const proved = await browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code: '424242' });
  requireSuccess(proved.status, 'the proof');
  assert.equal(proved.response.status, 'complete');
  const { created_user_id: id, created_session_id: sessionId } = proved.response as Record<string, string>;
  assert.ok(id && sessionId, 'a complete sign-up names what it has made');
  confirmed.users.set(id, {});
  confirmed.signedUp.set(id, { browser, sessionId });
  confirmed.writes++;
}

/** @throws AssertionError that names the first write which was answered and is lost. */
export async function checkConfirmed(call: BackendCall, { users, deleted, signedUp }: Confirmed): Promise<void> {
  for (const [id, expected] of users) {
    const { status, body } = await call('GET', `/users/${id}`);
    assert.equal(status, 200, `${id} was confirmed and is gone`);
    assert.deepEqual({ ...body.public_metadata, ...expected }, body.public_metadata, `of ${id}, and at most more than that`);
    assert.equal(body.email_addresses.length, 1);
    assert.equal(body.primary_email_address_id, body.email_addresses[0].id);
  }
  for (const id of deleted) assert.equal((await call('GET', `/users/${id}`)).status, 404, `${id} was deleted and is there`);
  for (const [id, { browser, sessionId }] of signedUp) {
    const { response } = await browser.call('GET', '/client');
    const session = (response.sessions as { id: string; status: string; user: { id: string } }[]).find((one) => one.id === sessionId);
    assert.deepEqual([session?.status, session?.user.id], ['active', id], `${sessionId} of ${id}`);
  }
}
