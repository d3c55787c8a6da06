/** Names of fields that are no paths, or lead to prototypes (security.md B11). */
import { network } from '../../support/network.ts';
import { expect, html } from '@open-wc/testing';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { createPerson, signIn, startClerk } from '../../support/browser.ts';
import { field } from './harness.ts';

describe('B11: <clerk-unsafe-field> with a name that is none', () => {
  let clerk: ClerkCore;
  const errors: unknown[] = [];
  const realError = console.error;

  before(async () => {
    clerk = await startClerk();
    await signIn(clerk, await createPerson());
  });

  beforeEach(() => {
    network.reset();
    errors.length = 0;
    console.error = (...items) => void errors.push(...items);
  });

  afterEach(() => {
    console.error = realError;
  });

  for (const name of ['__proto__.x', 'constructor', 'a.prototype', '', 'a..b', undefined]) {
    it(`"${name}" is reported to the developer, and the field stays disabled`, async () => {
      const template =
        name === undefined
          ? html`<clerk-unsafe-field label="A"></clerk-unsafe-field>`
          : html`<clerk-unsafe-field name=${name} label="A"></clerk-unsafe-field>`;
      const element = await field(clerk, template);
      expect(element.control.disabled).to.equal(true);
      expect(errors).to.have.length(1);
      expect(errors[0]).to.match(/^<clerk-unsafe-field>: The name "/);
      element.control.value = 'polluted';
      await element.element.save();
      expect(element.element.metadata).to.deep.equal({});
      expect(network.requests).to.deep.equal([]);
      expect(({} as { x?: unknown }).x).to.equal(undefined);
    });
  }
});
