import { network } from '../support/network.ts';
import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/transport/platform.ts';
import { createPerson, newEmailAddress, signIn, startClerk } from '../support/browser.ts';

/** Runs `action` in a browser that says it is of another language. */
async function withLanguage<Result>(language: string, action: () => Result): Promise<Awaited<Result>> {
  Object.defineProperty(navigator, 'language', { value: language, configurable: true });
  try {
    return await action();
  } finally {
    Reflect.deleteProperty(navigator, 'language');
  }
}

describe('browserPlatform()', () => {
  for (const [said, language] of [
    ['de', 'de'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['en-US-u-ca-buddhist', 'en-US-u-ca-buddhist'],
    ['C', undefined],
    ['POSIX-', undefined],
    ['en_US.UTF-8', undefined],
    ['', undefined],
  ] as const) {
    it(`takes "${said}" for ${language ?? 'no language'}`, () =>
      withLanguage(said, () => {
        expect(browserPlatform().language).to.equal(language);
      }));
  }

  it('signs in and up where the browser has the name of a system’s locale', () =>
    withLanguage('C', async () => {
      const clerk = await startClerk();
      network.reset();
      await signIn(clerk, await createPerson());
      await clerk.signOut(() => undefined);
      await clerk.client!.signUp.create({ emailAddress: newEmailAddress(), password: 'violet-harbour-lantern' });
      const attempts = network.requests.filter(({ path }) => /\/sign_(in|up)s$/.test(path));
      expect(attempts.map(({ form }) => 'locale' in form)).to.deep.equal([false, false]);
    }));
});
