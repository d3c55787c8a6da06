/** Clerk's official React package on our script: what remembers by the identity of `user`, as hooks do, sees every change. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { closeBrowser, serveSite, signInWithPassword, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { bundleReact } from '../../support/react-bundle.ts';
import { addUser } from '../../support/users.ts';

const application = ({ publishableKey, url }: TestApi) => `
  import { memo, useEffect, useMemo, useState } from 'react'
  import { createRoot } from 'react-dom/client'
  import { SignIn, useUser } from '@clerk/react'
  import { InternalClerkProvider } from '@clerk/react/internal'

  const Remembers = memo(({ user }) => {
    const plan = useMemo(() => user.unsafeMetadata.plan, [user])
    const [seen, see] = useState([])
    useEffect(() => see((before) => [...before, user.publicMetadata.role]), [user])
    return <output>{plan} {seen.at(-1)}</output>
  })

  const look = (color) => ({ variables: { colorPrimary: color }, elements: { card: 'of-react' } })

  function Page() {
    const { isLoaded, isSignedIn, user } = useUser()
    if (!isLoaded) return null
    return isSignedIn ? <Remembers user={user} /> : <SignIn />
  }

  function Application() {
    const [color, setColor] = useState('rgb(1, 90, 60)')
    globalThis.setColor = setColor
    return <InternalClerkProvider appearance={look(color)} publishableKey="${publishableKey}" telemetry={false} prefetchUI={false}
      __internal_clerkJSUrl="${url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"><Page /></InternalClerkProvider>
  }

  createRoot(document.querySelector('#root')).render(<Application />)`;

describe('@clerk/react', () => {
  let api: TestApi;
  let site: Site;

  before(async () => {
    api = await startApi();
    const script = await bundleReact({ stdin: { contents: application(api), loader: 'tsx', resolveDir: import.meta.dirname } });
    site = await serveSite((path) =>
      path === '/app.js'
        ? { body: script, type: 'text/javascript; charset=utf-8' }
        : {
            body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>React</title><link rel="icon" href="data:,"></head>
              <body><div id="root"></div><script type="module" src="/app.js"></script></body></html>`,
          },
    );
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  it('draws again what has changed, in this tab and in others, though it remembers', async () => {
    const person = { emailAddress: 'react@example.com', password: 'violet-harbour-lantern' };
    const { id } = await addUser(api, { ...person, unsafe_metadata: { plan: 'small' }, public_metadata: { role: 'shopper' } });
    const { context, page, complaints } = await visit({ policy: false });
    await page.goto(site.url);
    // Its provider hands the appearance on, and every change of it.
    const button = page.locator('.cl-card.of-react .cl-formButtonPrimary');
    await button.waitFor();
    const color = () => button.evaluate((node) => getComputedStyle(node).backgroundColor);
    assert.equal(await color(), 'rgb(1, 90, 60)');
    await page.evaluate("setColor('rgb(90, 1, 60)')");
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('.cl-formButtonPrimary')!).backgroundColor === 'rgb(90, 1, 60)',
    );
    await signInWithPassword(page, person);
    const shows = (text: string, tab = page) => tab.locator('output', { hasText: text }).waitFor();
    await shows('small shopper');
    const other = await context.newPage();
    await other.goto(site.url);
    await shows('small shopper', other);
    await page.evaluate("void Clerk.user.updateMetadata({ unsafeMetadata: { plan: 'large' } })");
    await shows('large shopper');
    await shows('large shopper', other);
    await createBackendClient(api)('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { role: 'admin' } } });
    await page.evaluate('void Clerk.user.reload()');
    await shows('large admin');
    await other.evaluate("void window.dispatchEvent(new Event('focus'))");
    await shows('large admin', other);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
