/** The React snippet of the document, with Clerk's official React package on top of our script. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Plugin } from 'esbuild';
import { createBackendClient } from '../../support/backend-client.ts';
import { closeBrowser, serveSite, signInWithPassword, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { bundleReact } from '../../support/react-bundle.ts';
import { backend } from './backend.ts';
import { readSnippet } from './snippets.ts';
import { shows } from './table.ts';

/** The document's four forms differ in the package that they import; its hooks are those of the React package in all of them. */
const forms = {
  'unsafe-next-app': '@clerk/nextjs',
  'unsafe-next-pages': '@clerk/nextjs',
  'unsafe-react': '@clerk/clerk-react',
  'unsafe-remix': '@clerk/remix',
} as const;

/** The page around the snippet: the provider, the card for those who are signed out, and what the hooks give. */
const host = (api: Pick<typeof backend, 'url' | 'publishableKey'>) => `
  import { createRoot } from 'react-dom/client'
  import { SignIn, useAuth, useUser } from '@clerk/react'
  import { InternalClerkProvider } from '@clerk/react/internal'
  import UnSafePage from 'the-snippet'

  const script = '${api.url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js'

  function ByUseAuth() {
    const { userId, sessionClaims } = useAuth()
    return <output id="auth">{JSON.stringify({ userId, ...sessionClaims })}</output>
  }

  // Drawn again by this one hook only.
  function ByUseUser() {
    const { isLoaded, isSignedIn, user } = useUser()
    if (!isLoaded) return null
    if (!isSignedIn) return <SignIn />
    return <>
      <UnSafePage />
      <button onClick={() => user.reload()}>Reload</button>
      <output id="user">{JSON.stringify({ public: user.publicMetadata, unsafe: user.unsafeMetadata })}</output>
    </>
  }

  createRoot(document.querySelector('#root')).render(
    <InternalClerkProvider publishableKey="${api.publishableKey}" __internal_clerkJSUrl={script} prefetchUI={false}
      telemetry={false}><ByUseUser /><ByUseAuth /></InternalClerkProvider>
  )`;

const snippetPlugin = (text: string): Plugin => ({
  name: 'snippet',
  setup(build) {
    build.onResolve({ filter: /^the-snippet$/ }, () => ({ path: 'unsafe.tsx', namespace: 'snippet' }));
    build.onLoad({ filter: /.*/, namespace: 'snippet' }, () => ({ contents: text, loader: 'tsx', resolveDir: import.meta.dirname }));
  },
});

async function bundle(packageName: string): Promise<string> {
  const snippet = (await readSnippet('unsafe.tsx')).replace('@clerk/clerk-react', packageName);
  return bundleReact({
    stdin: { contents: host(backend), loader: 'tsx', resolveDir: import.meta.dirname },
    plugins: [snippetPlugin(snippet)],
    alias: { [packageName]: '@clerk/react' },
  });
}

export function reactRows(): void {
  describe('React', () => {
    let site: Site;
    let call: ReturnType<typeof createBackendClient>;
    const scripts = new Map<string, string>();
    before(async () => {
      call = createBackendClient(backend);
      for (const name of new Set(Object.values(forms))) scripts.set(`/${name}.js`, await bundle(name));
      site = await serveSite((path) => {
        const script = scripts.get(path);
        if (script !== undefined) return { body: script, type: 'text/javascript; charset=utf-8' };
        // The page after a sign-in has nothing to show.
        const content = path === '/' ? '' : `<div id="root"></div><script type="module" src="${path}.js"></script>`;
        return {
          body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,"></head>
            <body>${content}</body></html>`,
        };
      });
    });
    after(async () => {
      await closeBrowser();
      await site.stop();
    });

    let count = 0;
    /** Somebody new, signed in by our card inside of React's `<SignIn>`. */
    const signedIn = async (packageName: string): Promise<Visit & { id: string }> => {
      const person = { emailAddress: `react${count++}+clerk_test@example.com`, password: 'violet-harbour-lantern' };
      const { body } = await call('POST', '/users', {
        body: {
          email_address: [person.emailAddress],
          password: person.password,
          public_metadata: { role: 'shopper' },
          unsafe_metadata: { theme: 'dark' },
        },
      });
      const visited = await visit({ policy: false });
      const { page } = visited;
      await page.goto(`${site.url}/${packageName}`);
      await signInWithPassword(page, person);
      await page.waitForURL(`${site.url}/`);
      await page.goto(`${site.url}/${packageName}`);
      return { ...visited, id: body.id as string };
    };

    /** Waits until a hook gives this. */
    const gives = async ({ page }: Visit, hook: 'user' | 'auth', expected: object) => {
      const text = JSON.stringify(expected).slice(1, -1);
      await page.locator(`#${hook}`).filter({ hasText: text }).waitFor();
    };

    for (const [id, packageName] of Object.entries(forms)) {
      shows(id as keyof typeof forms, async () => {
        const visited = await signedIn(packageName);
        const { page, complaints } = visited;
        await gives(visited, 'user', { unsafe: { theme: 'dark' } });
        await page.locator('input').fill('11-30-1969');
        await page.getByRole('button', { name: 'Update Birthday' }).click();
        // It replaces what was there, and whoever uses the hook is drawn again.
        await gives(visited, 'user', { unsafe: { birthday: '11-30-1969' } });
        assert.deepEqual((await call('GET', `/users/${visited.id}`)).body.unsafe_metadata, { birthday: '11-30-1969' });
        assert.equal(await page.locator('input').inputValue(), '11-30-1969');
        assert.deepEqual(complaints, []);
        await visited.context.close();
      });
    }

    const isCurrent = async (kind: 'public' | 'unsafe', before: object, after: object) => {
      const visited = await signedIn('@clerk/clerk-react');
      await gives(visited, 'user', { [kind]: before });
      await call('PATCH', `/users/${visited.id}/metadata`, { body: { [`${kind}_metadata`]: after } });
      await visited.page.getByRole('button', { name: 'Reload' }).click();
      await gives(visited, 'user', { [kind]: after });
      assert.deepEqual(visited.complaints, []);
      await visited.context.close();
    };
    shows('public-by-use-user', () => isCurrent('public', { role: 'shopper' }, { role: 'admin' }));
    shows('unsafe-by-use-user', () => isCurrent('unsafe', { theme: 'dark' }, { theme: 'light' }));

    shows('public-by-use-auth', async () => {
      const visited = await signedIn('@clerk/clerk-react');
      await gives(visited, 'auth', { userId: visited.id });
      await gives(visited, 'auth', { public: { role: 'shopper' } });
      assert.deepEqual(visited.complaints, []);
      await visited.context.close();
    });

    shows('unsafe-by-use-auth', async () => {
      const visited = await signedIn('@clerk/clerk-react');
      await gives(visited, 'auth', { unsafe: { theme: 'dark' } });
      await visited.page.locator('input').fill('11-30-1969');
      await visited.page.getByRole('button', { name: 'Update Birthday' }).click();
      await gives(visited, 'auth', { unsafe: { birthday: '11-30-1969' } });
      assert.deepEqual(visited.complaints, []);
      await visited.context.close();
    });
  });
}
