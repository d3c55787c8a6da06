/**
 * The founding document, Clerk's page "User metadata", statement by statement in its order: what it says, and how that is shown here.
 * Every entry has exactly one test (`shows()` in `table.ts`); `docs/founding-document.md` is written out of this list.
 */

export interface Statement {
  /** The words of the document, or what the snippet at that place does. */
  says: string;
  /** How the test shows it, for the table. */
  shown: string;
}

const nextRoute = 'the snippet, mended, called with a `Request`; `@clerk/nextjs` and `next/server` as published';
const nextPage = 'the snippet, mended, behind a real HTTP server; `@clerk/nextjs` as published';
const expressApp = 'the snippet, mended, in a real Express app, with `@clerk/clerk-sdk-node` and once more with `@clerk/express`';
const goRequest = 'the request of the Go SDK, version 1, byte by byte over a socket';
const rubyRequest = 'the request of the Ruby SDK, byte by byte over a socket';
const curlCommand = 'the command, run by the real curl; host, key and id filled in';
const authHelpers =
  'the claim, mapped in the settings of the instance, by `auth()` of `@clerk/nextjs` behind its middleware, and by `getAuth()` of `@clerk/express`';
const useAuth = '`useAuth().sessionClaims` of the official React package on top of our script, in Chromium';
const tokenOnly = '`verifyToken()` of `@clerk/backend` with the public key: the claim, and not one request to the API';
const reactPage = 'the snippet, its import led to the official React package, on top of our script in Chromium';

export const statements = {
  'three-kinds': {
    says: 'Metadata allows for custom data to be saved on the User object. There are three types: "unsafe", "public", and "private".',
    shown: 'a user with all three; each has its own document, on the User of the Backend API and on that of the Frontend API',
  },
  limit: {
    says: 'Metadata is limited to 8kb maximum.',
    shown: '8,192 bytes are stored and 8,193 refused, for each kind, by both APIs; nothing of a refused request is kept',
  },
  'private-only-for-backend': {
    says: 'Private metadata is only accessible by the backend.',
    shown: 'a canary in it is in no answer of the Frontend API and in no token; a page can neither read nor write it',
  },
  'set-private-app': { says: 'app/route/private.ts sets private metadata.', shown: nextRoute },
  'set-private-pages': { says: 'pages/api/private.ts sets private metadata.', shown: nextPage },
  'set-private-express': { says: 'private.ts sets private metadata.', shown: expressApp },
  'set-private-go': { says: 'private.go sets private metadata.', shown: goRequest },
  'set-private-ruby': { says: 'private.rb sets private metadata.', shown: rubyRequest },
  'set-private-curl': { says: 'curl.sh sets private metadata.', shown: curlCommand },
  'get-user-has-private': {
    says: 'getUser returns the User object which contains the private metadata.',
    shown: '`users.getUser()` of `@clerk/backend`',
  },
  'get-private-app': { says: 'app/private/route.ts answers with private metadata.', shown: nextRoute },
  'get-private-pages': { says: 'pages/api/private.ts answers with private metadata.', shown: nextPage },
  'get-private-express': { says: 'private.ts answers with private metadata.', shown: expressApp },
  'get-private-curl': {
    says: 'curl.sh gets the user.',
    shown: 'as written, without the word `Bearer`, it gets 401 `authorization_header_format_invalid`; with it, the user',
  },
  'get-private-go': { says: 'private.go reads the user.', shown: goRequest },
  'get-private-ruby': { says: 'private.rb reads the user.', shown: rubyRequest },
  'public-for-both': {
    says: 'Public metadata is accessible by both the frontend and the backend.',
    shown: 'what a backend has set is on the User of both APIs',
  },
  'public-set-by-backend': {
    says: 'Public metadata can only be set on the backend; the user is not able to modify it.',
    shown: 'every request of the Frontend API that takes metadata refuses public metadata, and nothing of it is applied',
  },
  'set-public-app': { says: 'app/route/public.ts sets a role.', shown: nextRoute },
  'set-public-pages': { says: 'pages/api/public.ts sets a role.', shown: nextPage },
  'set-public-express': { says: 'public.ts sets a role.', shown: expressApp },
  'set-public-go': { says: 'public.go sets a role.', shown: goRequest },
  'set-public-ruby': { says: 'public.rb sets a role.', shown: rubyRequest },
  'set-public-curl': { says: 'curl.sh sets a role.', shown: curlCommand },
  'public-by-use-user': {
    says: 'Public metadata is available on the User object returned by the useUser hook.',
    shown: '`useUser()` of the official React package on top of our script, in Chromium; current after `user.reload()`',
  },
  'public-by-auth': { says: 'It can also be attached to the session token to be retrieved with auth().', shown: authHelpers },
  'public-by-use-auth': { says: 'It can also be attached to the session token to be retrieved with useAuth().', shown: useAuth },
  'public-from-token': {
    says: 'To retrieve public metadata frequently in the backend, the best option is to retrieve it from the session token.',
    shown: tokenOnly,
  },
  'unsafe-for-custom-fields': {
    says: 'To implement custom fields from the frontend, using the ClerkJS library or the Frontend API, choose unsafeMetadata.',
    shown: 'set by our script on a page, and by a plain request to the Frontend API',
  },
  'unsafe-for-both': {
    says: 'Unsafe metadata can be set and accessed by both the Frontend API and the Backend API.',
    shown: 'written and read by either, in turns',
  },
  'unsafe-at-all-times': {
    says: 'The attributes will be stored on the User object and will be available for access at all times.',
    shown: 'the value that the page has written is there after `kill -9` of the server and a new sign-in in another browser',
  },
  'unsafe-at-sign-up-create': {
    says: 'The "unsafe" attributes can be set upon sign-up when creating a SignUp object.',
    shown: '`POST /v1/client/sign_ups`, with and without further attributes',
  },
  'unsafe-at-sign-up-update': {
    says: 'The "unsafe" attributes can be set upon sign-up when updating a SignUp object.',
    shown: '`PATCH /v1/client/sign_ups/{id}`',
  },
  'copied-after-sign-up': {
    says: 'After a successful sign-up, they are copied to the User object, and accessed as a direct attribute of it from then on.',
    shown: 'a whole sign-up by our script in Chromium: `Clerk.user.unsafeMetadata`, and the same from the Backend API',
  },
  'update-overrides': {
    says: 'Updating this value overrides the previous value; it does not merge.',
    shown: '`Clerk.user.update({ unsafeMetadata })` in Chromium: one request, after which only the new keys are there',
  },
  'spread-merges': {
    says: 'To perform a merge, pass something like { …user.unsafeMetadata, …newData }.',
    shown: 'exactly that, in Chromium',
  },
  'set-unsafe-app': { says: 'app/route/private.ts sets unsafe metadata.', shown: nextRoute },
  'set-unsafe-pages': { says: 'pages/api/private.ts sets unsafe metadata.', shown: nextPage },
  'set-unsafe-express': { says: 'private.ts sets unsafe metadata.', shown: expressApp },
  'set-unsafe-go': { says: 'private.go sets unsafe metadata.', shown: goRequest },
  'set-unsafe-ruby': { says: 'private.rb sets unsafe metadata.', shown: rubyRequest },
  'set-unsafe-curl': { says: 'curl.sh sets unsafe metadata.', shown: curlCommand },
  'unsafe-next-app': { says: 'app/route/unsafe.tsx updates the birthday (@clerk/nextjs).', shown: reactPage },
  'unsafe-next-pages': { says: 'pages/unsafe.tsx updates the birthday (@clerk/nextjs).', shown: reactPage },
  'unsafe-react': { says: 'unsafe.tsx updates the birthday (@clerk/clerk-react).', shown: reactPage },
  'unsafe-remix': { says: 'unsafe.tsx updates the birthday (@clerk/remix).', shown: reactPage },
  'main-js': {
    says: 'main.js updates the birthday, or shows the sign-in card.',
    shown: 'the module, through an import map that leads to our package, in Chromium',
  },
  'index-html': {
    says: 'index.html updates the birthday and logs the user, or shows the sign-in card.',
    shown: 'the page, key and host filled in, in Chromium',
  },
  'page-errors': {
    says: 'index.html logs error.errors when the update is refused.',
    shown: 'the page with a value of 9,000 characters in place of the birthday',
  },
  'unsafe-by-use-user': {
    says: 'Unsafe metadata is available in the User object returned by the useUser() hook.',
    shown: '`useUser()` as above; current after the write of another browser and `user.reload()`',
  },
  'unsafe-by-auth': {
    says: 'It can also be attached to a session token, which can be retrieved with the auth() helper in Next.js.',
    shown: authHelpers,
  },
  'unsafe-by-use-auth': {
    says: 'It can also be retrieved with the useAuth() hook.',
    shown: `${useAuth}; current after a write of the page`,
  },
  'unsafe-from-token': {
    says: 'To retrieve unsafe metadata frequently in the backend, the best option is to retrieve it from the session token.',
    shown: tokenOnly,
  },
} as const satisfies Record<string, Statement>;

export type StatementId = keyof typeof statements;
