/** What has to be mended in the document's TypeScript so that it can run; each place is there exactly once. */

export interface Mend {
  from: string;
  to: string;
  why: string;
}

const clerkClient: Mend = {
  from: 'await clerkClient.users',
  to: 'await (await clerkClient()).users',
  why: 'Since version 6 of `@clerk/nextjs`, `clerkClient` is an async function.',
};
const routeRequest: Mend = { from: 'POST()', to: 'POST(request: Request)', why: 'The handler reads a request that it does not take.' };
const routeBody: Mend = { from: 'await body.json()', to: 'await request.json()', why: 'There is no `body`; a `Request` has `json()`.' };
const queryOfGet: Mend = {
  from: 'const { stripeId, userId } = await request.body.json()',
  to: "const userId = new URL(request.url).searchParams.get('userId')!",
  why: 'A GET request has no body.',
};
const parsedBody = (from: string): Mend => ({ from, to: 'req.body', why: 'The body is parsed already, and `req.body` holds it.' });

/** By the name of the snippet's file. */
export const mends = {
  'set-private.app.ts': [routeRequest, routeBody, clerkClient],
  'set-private.pages.ts': [clerkClient],
  'set-private.express.ts': [parsedBody('await body.json()')],
  'get-private.app.ts': [queryOfGet, clerkClient],
  'get-private.pages.ts': [parsedBody('await req.body.json()'), clerkClient],
  'get-private.express.ts': [parsedBody('await req.body.json()')],
  'set-public.app.ts': [routeRequest, routeBody, clerkClient],
  'set-public.pages.ts': [clerkClient],
  'set-public.express.ts': [{ from: '(req, res) =>', to: 'async (req, res) =>', why: 'It awaits.' }],
  'set-unsafe.app.ts': [routeRequest, routeBody, clerkClient],
  'set-unsafe.pages.ts': [clerkClient],
  'set-unsafe.express.ts': [parsedBody('await body.json()')],
} as const satisfies Record<string, readonly Mend[]>;

export type SnippetName = keyof typeof mends;
