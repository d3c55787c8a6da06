import { expect } from '@open-wc/testing';
import type { UserResource } from '../../src/resources/types.ts';
import { createPerson, signIn, startClerk } from '../support/browser.ts';

/** Not by a plain import: the recipe is a program of its own to the compiler. */
interface Recipe {
  saveCity(user: UserResource, city: string): Promise<void>;
  forgetBirthday(user: UserResource): Promise<void>;
  birthdayOf(user: UserResource): string | undefined;
  isAdmin(user: UserResource): boolean;
}

describe('page.ts of docs/typed-metadata.md', () => {
  it('writes and reads what it says', async () => {
    const page = (await import(new URL('../types/recipe/page.ts', import.meta.url).href)) as Recipe;
    const clerk = await startClerk();
    const body = { unsafe_metadata: { birthday: '2000-01-31', address: { street: 'Rue' } }, public_metadata: { role: 'admin' } };
    await signIn(clerk, await createPerson(body));
    const user = clerk.user!;
    expect([page.birthdayOf(user), page.isAdmin(user)]).to.deep.equal(['2000-01-31', true]);
    await page.saveCity(user, 'Paris');
    await page.forgetBirthday(user);
    expect(user.unsafeMetadata).to.deep.equal({ address: { street: 'Rue', city: 'Paris' } });
    const refused = await page.saveCity(user, 'x'.repeat(81)).catch((error: Error) => error.name);
    expect(refused).to.match(/ZodError|\$ZodError/);
    await user.updateMetadata({ unsafeMetadata: { birthday: 'soon' } });
    expect(page.birthdayOf(user)).to.equal(undefined);
  });
});
