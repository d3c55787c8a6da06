import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPublishableKey } from '../../../src/rules/publishable-key.ts';
import { createInboxSender } from '../../../demo/server/mail.ts';
import { createInboxTextSender } from '../../../demo/server/sms.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi, TestApiOptions } from '../../support/api.ts';
import { freePort } from '../../support/free-port.ts';
import { closeBrowser, serveSite, visit } from '../../support/journey.ts';

const payloads = [
  '<script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 1">',
  '"><svg onload=window.pwned=1>',
  '</pre></li><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '{{constructor.constructor("window.pwned=1")()}}',
  'javascript:window.pwned=1',
];

describe('E11: the inbox is a developer’s tool, not a hole', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
    const send = createInboxSender(api.database, Date.now, () => undefined);
    for (const payload of payloads)
      await send({ to: `${payload}@example.com`, subject: `Subject ${payload}`, text: `Text ${payload}\n\n123456\n` });
  });
  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  it('shows what people wrote as text, in a browser', async () => {
    const { page, context, complaints } = await visit();
    try {
      await page.goto(`${api.url}/inbox`);
      await page
        .getByRole('article')
        .nth(payloads.length - 1)
        .waitFor();
      for (const payload of payloads) {
        await page.getByRole('heading', { name: `Subject ${payload}`, exact: true }).waitFor();
        await page.getByText(`To ${payload}@example.com`, { exact: true }).waitFor();
      }
      assert.equal(await page.locator('output').first().textContent(), '123456');
      assert.equal(await page.evaluate('window.pwned'), undefined);
      assert.equal(await page.locator('main :is(script, img, svg, iframe)').count(), 0);
      assert.deepEqual(complaints, [], 'nothing that its own policy forbids');
    } finally {
      await context.close();
    }
  });

  it('shows text messages among the mails, with their code', async () => {
    const printed: string[] = [];
    const send = createInboxTextSender(
      api.database,
      () => Date.now() + 500,
      (text) => void printed.push(text),
    );
    await send({ to: '+14155560100', text: '654321 is your code. <b>Never</b> share it.' });
    assert.deepEqual(printed, ['\nText message to +14155560100\n  654321 is your code. <b>Never</b> share it.\n']);
    const { page, context, complaints } = await visit();
    try {
      await page.goto(`${api.url}/inbox`);
      const message = page.getByRole('article').filter({ hasText: 'To +14155560100' });
      await message.getByRole('heading', { name: 'Text message', exact: true }).waitFor();
      assert.equal(await message.locator('output').textContent(), '654321');
      assert.equal(await message.locator('pre').textContent(), '654321 is your code. <b>Never</b> share it.');
      await page.getByText(`${payloads.length + 1} messages`, { exact: true }).waitFor();
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });

  it('comes under a policy of its own, for no other page', async () => {
    for (const path of ['/inbox', '/inbox/mails', '/inbox/inbox.js', '/inbox/inbox.css']) {
      const { status, headers } = await fetch(api.url + path, { headers: { origin: 'http://localhost:5173' } });
      assert.equal(status, 200, path);
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; .*frame-ancestors 'none'$/);
      assert.deepEqual(
        ['access-control-allow-origin', 'cache-control', 'cross-origin-resource-policy', 'x-frame-options', 'x-content-type-options'].map(
          (name) => headers.get(name),
        ),
        [null, 'no-store', 'same-origin', 'DENY', 'nosniff'],
        path,
      );
    }
  });

  it('is read by no page of another origin, in a browser', async () => {
    const site = await serveSite(() => ({ body: '<!doctype html><title>Elsewhere</title>' }));
    const { page, context } = await visit();
    try {
      await page.goto(site.url);
      for (const mode of ['cors', 'no-cors'] as const) {
        const read = page.evaluate(({ url, mode }) => fetch(url, { mode }).then(({ type }) => type), {
          url: `${api.url}/inbox/mails`,
          mode,
        });
        await assert.rejects(read, /Failed to fetch/, mode);
      }
    } finally {
      await context.close();
      await site.stop();
    }
  });

  it('keeps the last two hundred', async () => {
    let time = Date.now() + 1_000;
    const send = createInboxSender(
      api.database,
      () => time++,
      () => undefined,
    );
    for (let count = 0; count < 205; count++) await send({ to: 'a@example.com', subject: `Mail ${count}`, text: 'x' });
    const mails = (await (await fetch(`${api.url}/inbox/mails`)).json()) as { subject: string }[];
    assert.deepEqual([mails.length, mails[0]?.subject, mails.at(-1)?.subject], [200, 'Mail 204', 'Mail 5']);
  });
});

describe('E11: no inbox', () => {
  const cases: [name: string, options: TestApiOptions][] = [
    [
      'production keys',
      {
        publishableKey: createPublishableKey({ instanceType: 'production', frontendApi: '127.0.0.1:4000' }),
        instance: { test_mode: false, users: [] },
      },
    ],
    ['a mail server', { smtpUrl: 'smtp://127.0.0.1:2525' }],
    ['an address that others can reach', { host: '0.0.0.0' }],
    [
      'a key for a host that is not this machine',
      { publishableKey: createPublishableKey({ instanceType: 'development', frontendApi: 'clerk.example.com' }) },
    ],
  ];
  for (const [name, options] of cases) {
    it(`is there with ${name}`, async () => {
      const port = await freePort();
      const api = await startApi({ ...options, port });
      try {
        for (const path of ['/inbox', '/inbox/', '/inbox/mails', '/inbox/inbox.js']) {
          assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 404, path);
        }
        assert.equal((await fetch(`http://127.0.0.1:${port}/v1/health`)).status, 200);
      } finally {
        await api.stop();
      }
    });
  }
});
