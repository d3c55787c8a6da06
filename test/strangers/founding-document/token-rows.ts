/** Public and unsafe metadata in the session token, and where the document says that it is read. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';
import { exportSPKI, importJWK } from 'jose';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { backend, useEnvironment } from './backend.ts';
import type { Kind } from './backend.ts';
import { authOfNext } from './next-auth.ts';
import { shows } from './table.ts';

/** For the instance's settings: what the rows expect in `sessionClaims`. */
export const claims = {
  public: '{{user.public_metadata}}',
  unsafe: '{{user.unsafe_metadata}}',
  role: "{{user.public_metadata.role || 'guest'}}",
};

const password = 'violet-harbour-lantern';
const documents = { public: { role: 'shopper' }, unsafe: { birthday: '11-30-1969', deep: { fooBar: [1, null] } } };
let count = 0;

/** Somebody new with metadata of both kinds, and the token of a sign-in. */
async function signedIn(): Promise<{ userId: string; jwt: string }> {
  const emailAddress = `token${count++}@example.com`;
  const { body: user } = await createBackendClient(backend)('POST', '/users', {
    body: { email_address: [emailAddress], password, public_metadata: documents.public, unsafe_metadata: documents.unsafe },
  });
  const browser = await createFrontendClient(backend);
  const { client } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
  return { userId: user.id as string, jwt: client.sessions[0].last_active_token.jwt as string };
}

/** What `getAuth()` finds in a request to an Express app. */
async function authOfExpress(jwt: string): Promise<{ userId: unknown; sessionClaims: Record<string, unknown> }> {
  const app = express()
    .use(clerkMiddleware())
    .get('/', (request, response) => {
      const { userId, sessionClaims } = getAuth(request);
      response.json({ userId, sessionClaims });
    });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization: `Bearer ${jwt}` } });
  server.closeAllConnections();
  server.close();
  return (await answer.json()) as { userId: unknown; sessionClaims: Record<string, unknown> };
}

export function tokenRows(): void {
  describe('session tokens', () => {
    useEnvironment();
    let jwtKey: string;
    before(async () => {
      const { keys } = (await createBackendClient(backend)('GET', '/jwks')).body;
      jwtKey = await exportSPKI((await importJWK({ ...keys[0], ext: true }, 'RS256')) as CryptoKey);
    });

    const isReadByAuth = async (kind: Exclude<Kind, 'private'>) => {
      const { userId, jwt } = await signedIn();
      for (const read of [authOfNext, authOfExpress]) {
        const auth = await read(jwt);
        assert.equal(auth.userId, userId);
        assert.deepEqual(auth.sessionClaims[kind], documents[kind]);
        assert.equal(auth.sessionClaims['role'], 'shopper');
      }
    };
    shows('public-by-auth', () => isReadByAuth('public'));
    shows('unsafe-by-auth', () => isReadByAuth('unsafe'));

    const isEnough = async (kind: Exclude<Kind, 'private'>) => {
      const { userId, jwt } = await signedIn();
      const lines = backend.log.length;
      for (let time = 0; time < 3; time++) {
        const read = await verifyToken(jwt, { jwtKey });
        assert.deepEqual([read.sub, read[kind]], [userId, documents[kind]]);
      }
      assert.deepEqual(backend.log.slice(lines), [], 'nobody was asked');
    };
    shows('public-from-token', () => isEnough('public'));
    shows('unsafe-from-token', () => isEnough('unsafe'));
  });
}
