import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { createBackendClient } from '../support/backend-client.ts';
import { startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';

describe('D3: /v1/health while the database hangs', { skip: process.platform === 'linux' ? false : 'needs /proc' }, () => {
  let server: ServerProcess;
  before(async () => void (server = await startServer({ LOG_LEVEL: 'error' })));
  after(() => server.stop());

  it('says so without waiting for it, other requests get 503, and all is well when it goes on', async () => {
    const call = createBackendClient(server);
    assert.equal((await call('GET', '/users/count')).status, 200);
    const postmaster = await server.postgresPid();
    const children = (await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')).trim().split(' ').map(Number);
    const all = [postmaster, ...children];
    for (const pid of all) process.kill(pid, 'SIGSTOP');
    try {
      let isOver = false;
      const waiting = call('GET', '/users/count').finally(() => (isOver = true));
      for (const address of [server.url, server.backendUrl]) {
        const health = await fetch(`${address}/v1/health`);
        assert.deepEqual(
          [health.status, await health.json(), health.headers.get('retry-after')],
          [503, { status: 'unhealthy', message: 'database unavailable' }, '1'],
        );
        assert.equal(isOver, false, 'a request that needs the database waits longer');
      }
      const refused = await waiting;
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '1']);
    } finally {
      for (const pid of all) process.kill(pid, 'SIGCONT');
    }
    let status = 0;
    while (status !== 200) status = (await fetch(`${server.url}/v1/health`)).status;
    assert.equal((await call('GET', '/users/count')).status, 200);
  });
});
