/** States of `<clerk-unsafe-field>` of every type, and of `<clerk-unsafe-form>`, on a page that has nothing else. */
import type { Scene, State } from './scenes.ts';
import { signInAndArrive } from '../../test/support/journey.ts';

const options = '<option value="small">Small</option><option value="large">Large</option>';

const everyType = `
  <clerk-unsafe-field name="s.text" label="Text" help-text="As your friends call you." placeholder="Jane"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.email" type="email" label="Email address"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.number" type="number" label="Number"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.range" type="range" label="Range"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.date" type="date" label="Date"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.time" type="time" label="Time"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.moment" type="datetime-local" label="Date and time"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.color" type="color" label="Color"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.checkbox" type="checkbox" label="Checkbox"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.switch" type="switch" label="Switch"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.select" type="select" label="Select">${options}</clerk-unsafe-field>
  <clerk-unsafe-field name="s.several" type="select" multiple label="Select several">${options}</clerk-unsafe-field>
  <clerk-unsafe-field name="s.radio" type="radio" label="Radio buttons" help-text="One of them.">${options}</clerk-unsafe-field>
  <clerk-unsafe-field name="s.textarea" type="textarea" label="Textarea"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.tags" type="tags" label="Tags" help-text="Enter or a comma adds one."></clerk-unsafe-field>
  <clerk-unsafe-field name="s.json" type="json" label="JSON"></clerk-unsafe-field>
  <clerk-unsafe-field name="s.own" label="A control of the page’s own" help-text="It looks as the page wants."><input /></clerk-unsafe-field>`;

const filled = {
  ...{ text: 'Jane', email: 'jane@example.com', number: 3, range: 70, date: '2000-01-31', time: '09:30', moment: '2000-01-31T09:30' },
  ...{ color: '#7c3aed', checkbox: true, switch: true, select: 'large', several: ['small'], radio: 'large', own: 'mine' },
  ...{ textarea: 'Two\nlines', tags: ['harbour', 'lantern', 'a tag that is rather long'], json: { a: [1, 2, { b: true }] } },
};

/** Opens a page with this content, signed in, with `stored` as unsafe metadata. */
async function open({ api, page }: Scene, content: string, stored: object = {}): Promise<void> {
  const address = `${api.url}/field-states`;
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fields</title>
        <link rel="icon" href="data:,"><style>:root { color-scheme: light dark; background: Canvas; color: CanvasText; } main { display: grid; gap: 1.25rem; max-width: 30rem; margin: 1rem auto; padding: 0 1rem; font-family: system-ui; }
        clerk-unsafe-form > clerk-unsafe-field { margin-block-end: 1rem; }</style></head><body><main><h1>Fields</h1>
        <clerk-show when="signed-out"><clerk-sign-in heading-level="2"></clerk-sign-in></clerk-show>${content}</main>
        <script crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
          src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script></body></html>`,
    }),
  );
  await page.goto(address);
  // The card leads elsewhere.
  await signInAndArrive(page);
  await page.goto(address);
  await page.waitForFunction('Clerk.user?.id');
  await page.evaluate(`Clerk.user.update({ unsafeMetadata: ${JSON.stringify(stored)} })`);
  await page.locator('clerk-unsafe-field:state(ready)').first().waitFor();
}

const form = `<clerk-unsafe-form>
  <clerk-unsafe-field name="address.street" label="Street"></clerk-unsafe-field>
  <clerk-unsafe-field name="address.city" label="City" required></clerk-unsafe-field>
</clerk-unsafe-form>`;

export const fieldStates: State[] = [
  {
    name: 'fields, every type',
    async arrive(scene) {
      await open(scene, everyType);
      await scene.page.locator('fieldset').waitFor();
    },
  },
  {
    name: 'fields, every type, filled in',
    async arrive(scene) {
      await open(scene, everyType, { s: filled });
      await scene.page.locator('.cl-tagPillContainer').first().waitFor();
    },
  },
  {
    name: 'fields, every type, refused',
    async arrive(scene) {
      await open(scene, everyType.replaceAll('label=', 'required label='), { s: { date: '31.1.2000', radio: 'huge' } });
      await scene.page.locator('fieldset').waitFor();
      await scene.page.evaluate("for (const field of document.querySelectorAll('clerk-unsafe-field')) field.reportValidity()");
      await scene.page.locator('.cl-formFieldErrorText').first().waitFor();
    },
  },
  {
    name: 'field, near the limit of bytes, and offline',
    async arrive(scene) {
      await open(scene, `<clerk-unsafe-field name="a" type="textarea" label="Much"></clerk-unsafe-field>`, { filler: 'x'.repeat(7_600) });
      await scene.context.setOffline(true);
      await scene.page.getByLabel('Much').fill('Typed in a tunnel.');
      await scene.page.getByLabel('Much').press('Tab');
      await scene.page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  { name: 'form', arrive: (scene) => open(scene, form) },
  {
    name: 'form, changed and refused',
    async arrive(scene) {
      await open(scene, form);
      await scene.page.getByLabel('Street').fill('Quay 1');
      await scene.page.getByRole('button', { name: 'Save' }).click();
      await scene.page.locator('.cl-formFieldErrorText').first().waitFor();
    },
  },
  {
    name: 'form, offline',
    async arrive(scene) {
      await open(scene, form);
      await scene.page.getByLabel('Street').fill('Quay 1');
      await scene.page.getByLabel('City').fill('Oslo');
      await scene.context.setOffline(true);
      await scene.page.getByRole('button', { name: 'Save' }).click();
      await scene.page.locator('clerk-unsafe-form:state(failed)').waitFor();
    },
  },
];
