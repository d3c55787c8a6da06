/** `/sign-in` and `/sign-up` as pages of the server's own, under the strictest policy and never in a frame (security.md, E9). */
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Dependencies } from './dependencies.ts';
import type { AppEnvironment } from './request-context.ts';
import type { StaticFiles } from './static-files.ts';

export function createHostedPages(
  files: StaticFiles,
  { frontendApiUrl, settings }: Pick<Dependencies, 'frontendApiUrl' | 'settings'>,
): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const images = settings.social.flatMap(({ logoUrl }) => (logoUrl === undefined ? [] : new URL(logoUrl).origin));
  for (const name of ['sign-in', 'sign-up']) {
    const file = files.demo.get(`/${name}.html`);
    if (!file) continue;
    const page = new TextDecoder().decode(file.body);
    app.on('GET', [`/${name}`, `/${name}/*`], () => hostedPage(page, frontendApiUrl, { images }));
  }
  return app;
}

/**
 * An answer with a page of the server's own. Its scripts are given a nonce; whatever else is in it is made of nothing but text.
 * @param images other origins that pictures come from.
 */
export function hostedPage(
  page: string,
  frontendApiUrl: string,
  { status = 200, images = [] }: { status?: number; images?: readonly string[] } = {},
): Response {
  const { origin } = new URL(frontendApiUrl);
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'none'",
    `connect-src 'self' ${origin}`,
    [`img-src 'self' ${origin}`, ...images].join(' '),
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return new Response(page.replaceAll('<script', `<script nonce="${nonce}"`), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      ...strictTransport(frontendApiUrl),
    },
  });
}

/** Where pages are served by TLS, nobody is to ask for them without. By plain http browsers would ignore it. */
export const strictTransport = (frontendApiUrl: string): Record<string, string> =>
  frontendApiUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {};
