/** The curl commands of the document, run by the real curl; only the placeholders and the address of the API are filled in. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe } from 'node:test';
import { promisify } from 'node:util';
import { backend, kept } from './backend.ts';
import { readSnippet } from './snippets.ts';
import { shows } from './table.ts';

const run = promisify(execFile);

export function curlRows(): void {
  describe('curl', () => {
    /** One of the document's four commands, for this user. */
    const command = async (index: number, userId: string): Promise<string> => {
      const commands = (await readSnippet('curl.sh')).split(/^(?=curl )/m);
      assert.equal(commands.length, 4);
      return commands[index]!.replaceAll('CLERK_SECRET_KEY', backend.secretKey)
        .replaceAll('{user_id}', userId)
        .replaceAll('https://api.clerk.com', backend.backendUrl);
    };
    /** @param options in front of those of the document */
    const curl = async (text: string, options = ''): Promise<string> =>
      (await run('sh', ['-c', text.replace(/^curl/, `curl --silent ${options}`)])).stdout;

    const sets = async (index: number, kind: 'private' | 'public' | 'unsafe', gained: object) => {
      const userId = await backend.createUser();
      const user = JSON.parse(await curl(await command(index, userId)));
      assert.deepEqual([user.id, user[`${kind}_metadata`]], [userId, { ...kept, ...gained }]);
      await backend.hasOnlyGained(userId, kind, gained);
    };

    shows('set-private-curl', () => sets(0, 'private', { stripeId: '12356' }));
    shows('set-public-curl', () => sets(2, 'public', { role: 'shopper' }));
    shows('set-unsafe-curl', () => sets(3, 'unsafe', { birthday: '11-30-1969' }));

    shows('get-private-curl', async () => {
      const userId = await backend.createUser();
      const text = await command(1, userId);
      const refusal = JSON.parse(await curl(text));
      assert.deepEqual(
        refusal.errors.map(({ code }: { code: string }) => code),
        ['authorization_header_format_invalid'],
      );
      assert.equal(await curl(text, "--output /dev/null --write-out '%{http_code} %{content_type}'"), '401 application/json');
      const user = JSON.parse(await curl(text.replace('Authorization: ', 'Authorization: Bearer ')));
      assert.deepEqual([user.id, user.private_metadata], [userId, kept]);
    });
  });
}
