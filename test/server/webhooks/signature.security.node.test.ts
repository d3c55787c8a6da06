import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { StartError } from '../../../demo/server/start-error.ts';
import { readSigningSecrets, signedHeaders } from '../../../demo/server/webhooks/signature.ts';
import { signingSecret } from '../../support/webhook-receiver.ts';

describe('readSigningSecrets()', () => {
  it('takes one secret, or several between commas, blanks or line breaks', () => {
    const [one, other, third] = [signingSecret('a'), signingSecret('b'), signingSecret('c')] as const;
    assert.deepEqual(readSigningSecrets(one, true), [one]);
    assert.deepEqual(readSigningSecrets(` ${one},${other} \n${third}`, true), [one, other, third]);
    assert.deepEqual(readSigningSecrets(undefined, false), []);
  });

  const key = Buffer.alloc(32, 255).toString('base64');
  for (const [name, text] of Object.entries({
    'no prefix': key,
    'a wrong prefix': `whsek_${key}`,
    'nothing after it': 'whsec_',
    'other characters': `whsec_${key.replace('/', '_')}`,
    'no padding': `whsec_${key.replace(/=+$/, '')}`,
    'too few bytes': `whsec_${Buffer.alloc(23).toString('base64')}`,
    'too many bytes': `whsec_${Buffer.alloc(65).toString('base64')}`,
    'one wrong one among others': `${signingSecret()},whsec_short`,
  })) {
    it(`refuses ${name}, and does not quote it`, () => {
      assert.throws(
        () => readSigningSecrets(text, false),
        (error) => {
          assert.ok(error instanceof StartError);
          assert.match(error.message, /^CLERK_WEBHOOK_SIGNING_SECRET: expected whsec_ and 24 to 64 bytes in base64/);
          for (const part of text.split(',')) assert.ok(part === 'whsec_' || !error.message.includes(part));
          return true;
        },
      );
    });
  }

  it('says how to make one where one is needed', () => {
    for (const text of [undefined, '', ' , ']) assert.throws(() => readSigningSecrets(text, true), /expected a secret.*openssl rand/s);
  });
});

describe('S5, N15: signedHeaders()', () => {
  const body = JSON.stringify({ object: 'event', type: 'user.updated', data: { id: 'user_1', note: 'Zoë ☃' } });
  const sign = (secrets: string[], time = Date.now()) => signedHeaders(secrets, { id: 'msg_1', time, body });
  const request = (headers: Record<string, string>, content = body) =>
    new Request('https://www.example.com/webhooks', { method: 'POST', headers, body: content });

  /** Strangers that verify: each throws, or gives the event back. */
  const verifiers: Record<string, (secret: string, headers: Record<string, string>, content?: string) => unknown> = {
    svix: (secret, headers, content = body) => new SvixWebhook(secret).verify(content, headers),
    standardwebhooks: (secret, headers, content = body) => new StandardWebhook(secret).verify(content, headers),
    '@clerk/backend/webhooks': (signing, headers, content = body) => verifyWebhook(request(headers, content), { signingSecret: signing }),
  };

  for (const [name, verify] of Object.entries(verifiers)) {
    describe(`for ${name}`, () => {
      const accepts = async (...given: Parameters<typeof verify>) => (await verify(...given)) as { type: string };
      const refuses = (...given: Parameters<typeof verify>) => assert.rejects(async () => void (await verify(...given)));
      const secret = signingSecret('a');

      it('is what it accepts', async () => {
        assert.equal((await accepts(secret, sign([secret]))).type, 'user.updated');
      });

      it('has a signature for each secret, so either end may change first', async () => {
        const headers = sign([signingSecret('b'), secret]);
        assert.match(headers['svix-signature'] ?? '', /^v1,\S+ v1,\S+$/);
        for (const known of [secret, signingSecret('b')]) await accepts(known, headers);
        await refuses(signingSecret('c'), headers);
      });

      it('is refused with one byte changed, another id or another time', async () => {
        const headers = sign([secret]);
        await refuses(secret, headers, body.replace('user_1', 'user_2'));
        await refuses(secret, { ...headers, 'svix-id': 'msg_2', 'webhook-id': 'msg_2' });
        const later = String(Number(headers['svix-timestamp']) + 1);
        await refuses(secret, { ...headers, 'svix-timestamp': later, 'webhook-timestamp': later });
      });

      it('is good for five minutes', async () => {
        await accepts(secret, sign([secret], Date.now() - 290_000));
        await refuses(secret, sign([secret], Date.now() - 301_000));
      });
    });
  }

  it('is the HMAC-SHA256 of id, time and body, by the bytes of the secret', () => {
    const keys = [Buffer.alloc(32, 'a'), Buffer.alloc(64, 'b')];
    const headers = sign(
      keys.map((key) => `whsec_${key.toString('base64')}`),
      1_767_225_600_999,
    );
    const expected = keys.map((key) => `v1,${createHmac('sha256', key).update(`msg_1.1767225600.${body}`).digest('base64')}`);
    assert.equal(headers['svix-signature'], expected.join(' '));
  });

  it('gives the values under both names', () => {
    const headers = sign([signingSecret()], 1_767_225_600_999);
    assert.equal(headers['svix-timestamp'], '1767225600');
    for (const name of ['id', 'timestamp', 'signature']) assert.equal(headers[`svix-${name}`], headers[`webhook-${name}`]);
  });
});
