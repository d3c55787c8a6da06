/** A page that says one thing, for people who have opened a link and have nowhere else to go. */
import type { Context } from 'hono';
import type { Dependencies } from './dependencies.ts';
import { ApiError } from './errors.ts';
import { hostedPage } from './hosted-pages.ts';
import type { AppEnvironment } from './request-context.ts';

export interface Notice {
  title: string;
  text: string;
  /** HTTP status; default 200. */
  status?: number;
}

/** Answers with a page in the style of the hosted ones. */
export function noticePage({ frontendApiUrl, settings }: Pick<Dependencies, 'frontendApiUrl' | 'settings'>, notice: Notice): Response {
  const { title, text, status = 200 } = notice;
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeText(title)} – ${escapeText(settings.applicationName)}</title>
    <link rel="icon" href="/favicon.ico" />
    <script src="/page-style.js"></script>
  </head>
  <body>
    <main class="page-narrow">
      <section class="page-panel">
        <h1>${escapeText(title)}</h1>
        <p>${escapeText(text)}</p>
      </section>
    </main>
  </body>
</html>
`;
  return hostedPage(page, frontendApiUrl, { status });
}

/** People get a page, programs get JSON. @throws what is no refusal, or is asked for by a program. */
export function answerRefusal(c: Context<AppEnvironment>, context: Parameters<typeof noticePage>[0], error: unknown): Response {
  const [item] = error instanceof ApiError ? error.items : [];
  if (!(error instanceof ApiError) || !item || error.status >= 500 || !/\btext\/html\b/.test(c.req.header('accept') ?? '')) throw error;
  const { message, longMessage = message } = item;
  // Long messages begin with the short one, which is the title here.
  return noticePage(context, { status: error.status, title: message, text: longMessage.replace(`${message}. `, '') });
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeText = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
