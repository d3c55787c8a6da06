/** The `schema` property: any library that follows Standard Schema. */
import { network } from '../../support/network.ts';
import { expect, html } from '@open-wc/testing';
import * as zod from 'zod';
import type { StandardSchema } from '../../../src/elements/unsafe-field/field-view.ts';
import { evenSchema } from '../../support/even-schema.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';
import { field } from './harness.ts';

const slug = zod
  .string({ error: 'Fill this in.' })
  .trim()
  .toLowerCase()
  .regex(/^[a-z-]+$/, 'Letters and dashes only.');

describe('<clerk-unsafe-field>, schema', () => {
  const owner = signInOwner({ count: { former: true } });

  for (const [what, schema, wrong, message, right, output] of [
    ['zod', slug, 'no way!', 'Letters and dashes only.', ' My-Page ', 'my-page'],
    ['one written by hand, asynchronous', evenSchema, '3', 'This must be even.', '4', { count: 4 }],
  ] as const) {
    it(`${what}: says what is wrong at the field, and saves what it gives`, async () => {
      const element = await field(owner.clerk, html`<clerk-unsafe-field name="count" .schema=${schema}></clerk-unsafe-field>`);
      await until(() => element.control);
      await element.fill(wrong);
      await element.settled('invalid');
      expect(element.message).to.equal(message);
      expect(element.control.value).to.equal(wrong);
      expect(element.control.validity.customError).to.equal(true);
      expect(network.requests).to.deep.equal([]);
      const seen: unknown[] = [];
      element.element.addEventListener('clerk-save', ({ value }) => seen.push(value));
      await element.fill(right);
      await element.settled('saved');
      expect(seen).to.deep.equal([output]);
      expect(JSON.parse(JSON.stringify(owner.clerk.user!.unsafeMetadata))).to.deep.equal({ count: output });
      await until(() => element.control.value === (typeof output === 'string' ? output : JSON.stringify(output)));
    });
  }

  it('judges no value as undefined', async () => {
    const element = await field(owner.clerk, html`<clerk-unsafe-field name="other" .schema=${slug}></clerk-unsafe-field>`);
    await until(() => element.control);
    expect(await element.element.validate()).to.equal(false);
    await element.settled('invalid');
    expect(element.message).to.equal('Fill this in.');
    element.element.schema = slug.optional();
    expect(await element.element.validate()).to.equal(true);
  });

  it('saves the last value where an earlier one takes longer to be judged', async () => {
    const release: (() => void)[] = [];
    const slow: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => new Promise((resolve) => release.push(() => resolve({ value }))),
      },
    };
    const element = await field(owner.clerk, html`<clerk-unsafe-field name="other" .schema=${slow}></clerk-unsafe-field>`);
    await until(() => element.control);
    await element.fill('first');
    await until(() => release.length === 1);
    await element.fill('second');
    await until(() => release.length === 2);
    release[1]!();
    await element.settled('saved');
    release[0]!();
    await element.element.updateComplete;
    expect(owner.clerk.user!.unsafeMetadata['other']).to.equal('second');
    expect(network.requests).to.have.length(1);
  });
});
