/** The TypeScript snippets of backends, run with the packages that they import. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe } from 'node:test';
import express from 'express';
import type { RequestHandler } from 'express';
import { backend, kept, useEnvironment } from './backend.ts';
import type { Kind } from './backend.ts';
import { runSnippet } from './snippets.ts';
import { shows } from './table.ts';

interface Write {
  kind: Kind;
  /** What the request of the snippet carries, beside the id of the user. */
  sent: Record<string, string>;
  gained: Record<string, string>;
  /** Where its Express form listens. */
  path: string;
}

const writes: Write[] = [
  { kind: 'private', sent: { stripeId: '12356' }, gained: { stripeId: '12356' }, path: '/updateStripe' },
  { kind: 'public', sent: { role: 'shopper' }, gained: { role: 'shopper' }, path: '/updateRole' },
  { kind: 'unsafe', sent: { stripeId: '12356' }, gained: { birthday: '11-30-1969' }, path: '/updateStripe' },
];

/** Both packages export a `clerkClient` that is made of the environment. */
const expressPackages = ['@clerk/clerk-sdk-node', '@clerk/express'];

const asJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export function typescriptRows(): void {
  describe('TypeScript of backends', () => {
    useEnvironment();
    let server: Server;
    let url: string;
    const app = express().use(express.json());

    before(async () => {
      server = createServer(app);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    /** A handler of Next's app router takes and gives what `fetch()` knows. */
    type RouteHandler = (request: Request) => Promise<Response>;
    const readAnswer = async (response: Response): Promise<unknown> => {
      const text = await response.text();
      assert.equal(response.status, 200, text);
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
      return JSON.parse(text) as unknown;
    };
    const success = { success: true };

    for (const { kind, sent, gained, path } of writes) {
      shows(`set-${kind}-app`, async () => {
        const userId = await backend.createUser();
        const { POST } = (await runSnippet(`set-${kind}.app.ts`)) as { POST: RouteHandler };
        const answer = await POST(new Request('http://127.0.0.1/route/private', asJson({ userId, ...sent })));
        assert.deepEqual(await readAnswer(answer), success);
        await backend.hasOnlyGained(userId, kind, gained);
      });

      shows(`set-${kind}-pages`, async () => {
        const userId = await backend.createUser();
        const snippet = (await runSnippet(`set-${kind}.pages.ts`)) as { default: RequestHandler };
        app.all(`/pages/${kind}`, snippet.default);
        assert.deepEqual(await readAnswer(await fetch(`${url}/pages/${kind}`, asJson({ userId, ...sent }))), success);
        await backend.hasOnlyGained(userId, kind, gained);
      });

      shows(`set-${kind}-express`, async () => {
        for (const name of expressPackages) {
          const userId = await backend.createUser();
          const own = express();
          await runSnippet(`set-${kind}.express.ts`, { names: { app: own }, packages: { '@clerk/clerk-sdk-node': name } });
          app.use(`/${name}/${kind}`, own);
          assert.deepEqual(await readAnswer(await fetch(`${url}/${name}/${kind}${path}`, asJson({ userId, ...sent }))), success);
          await backend.hasOnlyGained(userId, kind, gained);
        }
      });
    }

    shows('get-private-app', async () => {
      const userId = await backend.createUser();
      const { GET } = (await runSnippet('get-private.app.ts')) as { GET: RouteHandler };
      assert.deepEqual(await readAnswer(await GET(new Request(`http://127.0.0.1/private?userId=${userId}`))), kept);
    });

    shows('get-private-pages', async () => {
      const userId = await backend.createUser();
      const snippet = (await runSnippet('get-private.pages.ts')) as { default: RequestHandler };
      app.all('/pages/get', snippet.default);
      assert.deepEqual(await readAnswer(await fetch(`${url}/pages/get`, asJson({ userId }))), kept);
    });

    shows('get-private-express', async () => {
      for (const name of expressPackages) {
        const userId = await backend.createUser();
        const own = express();
        await runSnippet('get-private.express.ts', { names: { app: own }, packages: { '@clerk/clerk-sdk-node': name } });
        app.use(`/${name}/get`, own);
        assert.deepEqual(await readAnswer(await fetch(`${url}/${name}/get/updateStripe`, asJson({ userId }))), kept);
      }
    });
  });
}
