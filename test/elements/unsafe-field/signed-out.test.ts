import { network } from '../../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { startClerk } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import type { ClerkUnsafeFieldElement } from './harness.ts';
import { Field, field } from './harness.ts';
import { until } from '../../support/until.ts';

const birthday = html`<clerk-unsafe-field name="birthday" label="Birthday"></clerk-unsafe-field>`;

describe('<clerk-unsafe-field>, signed out', () => {
  let nobody: ClerkCore;

  before(async () => {
    nobody = await startClerk();
    network.reset();
  });

  for (const scheme of colorSchemes) {
    it(`has no violation: ${scheme}`, async () => {
      const { element } = await field(nobody, birthday);
      await withColorScheme(scheme, () => expect(element).to.be.accessible());
    });
  }

  it('is disabled, and says why', async () => {
    const element = await field(nobody, birthday);
    expect(element.control.disabled).to.equal(true);
    expect(element.element.textContent).to.contain('Sign in to change this.');
  });

  it('is enabled inside of a sign-up, and gives its value away', async () => {
    const root = await fixture(
      html`<clerk-sign-up>
        <clerk-unsafe-field slot="fields" name="address.city"></clerk-unsafe-field>
        <clerk-unsafe-field slot="fields" name="news" type="checkbox"></clerk-unsafe-field>
        <clerk-unsafe-field slot="fields" name="cups" type="number"></clerk-unsafe-field>
      </clerk-sign-up>`,
    );
    const elements = [...root.querySelectorAll<ClerkUnsafeFieldElement>('clerk-unsafe-field')];
    for (const element of elements) element.clerk = nobody;
    await until(() => root.matches(':state(fields)') && elements.every((element) => element.matches(':state(ready)')));
    const [city, news, cups] = elements.map((element) => new Field(element));
    await city!.fill('Oslo');
    expect(city!.control.disabled).to.equal(false);
    expect([city, news, cups].map((each) => each!.element.metadata)).to.deep.equal([{ address: { city: 'Oslo' } }, { news: false }, {}]);
    expect(city!.control.value).to.equal('Oslo');
    expect(network.requests).to.deep.equal([]);
  });
});
