/** The inbox page: mails and text messages of the local API, newest first, as text and nothing else (security.md, E11). */
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import type { AppEnvironment } from '../request-context.ts';
import { listMails } from '../store/mails.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

export function createInbox({ database }: Pick<Dependencies, 'database'>): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const parts = [
    ['/', 'inbox.html', 'text/html; charset=utf-8'],
    ['/inbox.js', 'inbox.js', 'text/javascript; charset=utf-8'],
    ['/inbox.css', 'inbox.css', 'text/css; charset=utf-8'],
  ] as const;
  for (const [path, name, type] of parts) {
    const content = read(name);
    app.get(path, (c) => c.body(content, 200, { ...headers, 'content-type': type }));
  }
  app.get('/mails', async (c) => {
    const mails = await listMails(database);
    return c.json(
      mails.map(({ id, kind, recipient, subject, text, created_at }) => ({ id, kind, recipient, subject, text, created_at })),
      200,
      headers,
    );
  });
  return app;
}
