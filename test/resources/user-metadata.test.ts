/** Keys named like members of every object are ordinary keys, in the browser too: written, read and removed (security.md, M3). */
import { expect } from '@open-wc/testing';
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { browserPlatform } from '../../src/transport/platform.ts';
import type { Platform } from '../../src/transport/platform.ts';
import { backend, createPerson, signIn, startClerk } from '../support/browser.ts';
import type { Person } from '../support/browser.ts';
import { inheritedNames } from '../support/inherited-names.ts';

type Document = Record<string, unknown>;

/** As text, in one order of keys: some assertion libraries take such keys for methods. */
function asText(document: unknown): string {
  if (typeof document !== 'object' || document === null) return JSON.stringify(document);
  if (Array.isArray(document)) return `[${document.map(asText).join()}]`;
  const members = Object.entries(document).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${asText(value)}`).join()}}`;
}

/** An API of a version that replaces no more: what replaces comes to the real one as such. */
function newerPlatform(versions: string[]): Platform {
  const platform = browserPlatform();
  return {
    ...platform,
    fetch: (address, init) => {
      const url = new URL(address);
      const isReplacing = url.pathname === '/v1/me' && String(init.body as URLSearchParams | undefined).includes('unsafe_metadata=');
      if (isReplacing) url.searchParams.set('__clerk_api_version', '2026-08-20');
      versions.push(`${url.pathname} ${url.searchParams.get('__clerk_api_version')}`);
      return platform.fetch(url.href, init);
    },
  };
}

for (const [api, isNewer] of [
  ['an API that replaces metadata', false],
  ['an API that only merges metadata', true],
] as const) {
  describe(`metadata with keys that every object seems to have, with ${api}`, () => {
    let clerk: ClerkCore;
    let person: Person;
    const requests: string[] = [];

    before(async () => {
      person = await createPerson();
      clerk = await startClerk(isNewer ? { parts: { platform: newerPlatform(requests) } } : {});
      await signIn(clerk, person);
    });
    beforeEach(async () => {
      await backend(`/users/${person.id}/metadata`, { method: 'PUT', body: { unsafe_metadata: { kept: 1 } } });
      await clerk.user!.reload();
      requests.length = 0;
    });

    const expectEverywhere = async (document: Document) => {
      expect(asText(clerk.user!.unsafeMetadata)).to.equal(asText(document));
      const { unsafe_metadata } = await backend(`/users/${person.id}`);
      expect(asText(unsafe_metadata)).to.equal(asText(document));
    };

    for (const name of inheritedNames) {
      it(`writes, reads and removes ${name}`, async () => {
        const user = clerk.user!;
        await user.update({ unsafeMetadata: { kept: 1, [name]: { [name]: 'value' } } });
        await expectEverywhere({ kept: 1, [name]: { [name]: 'value' } });
        await user.updateMetadata({ unsafeMetadata: { [name]: { more: [name] } } });
        await expectEverywhere({ kept: 1, [name]: { [name]: 'value', more: [name] } });
        await user.update({ unsafeMetadata: { kept: 1, [name]: { more: [name] } } });
        await expectEverywhere({ kept: 1, [name]: { more: [name] } });
        await user.update({ unsafeMetadata: { kept: 1 } });
        await expectEverywhere({ kept: 1 });
        await user.updateMetadata({ unsafeMetadata: { [name]: 0 } });
        await user.updateMetadata({ unsafeMetadata: { [name]: null } });
        await expectEverywhere({ kept: 1 });
      });
    }

    it('writes all of them at once, and removes all of them at once', async () => {
      const all = Object.fromEntries(inheritedNames.map((name, index) => [name, index]));
      await clerk.user!.update({ unsafeMetadata: all });
      await expectEverywhere(all);
      await clerk.user!.update({ unsafeMetadata: {} });
      await expectEverywhere({});
    });

    it('is told that __proto__ is no key, and nothing changes or inherits from it', async () => {
      const user = clerk.user!;
      for (const json of ['{"__proto__":{"polluted":true}}', '{"a":{"__proto__":{"polluted":true}}}']) {
        for (const write of [
          () => user.update({ unsafeMetadata: JSON.parse(json) as Document }),
          () => user.updateMetadata({ unsafeMetadata: JSON.parse(json) as Document }),
        ]) {
          const error = await write().then(
            () => undefined,
            (reason: unknown) => reason as { errors: { code: string; longMessage: string }[] },
          );
          expect(error?.errors[0]?.code).to.equal('form_param_value_invalid');
          expect(error?.errors[0]?.longMessage).to.contain('"__proto__"');
          expect(({} as Document)['polluted']).to.equal(undefined);
        }
      }
      await expectEverywhere({ kept: 1 });
    });

    if (isNewer) {
      it('has met the refusal of the newer version', async () => {
        await clerk.user!.update({ unsafeMetadata: { toString: 1 } });
        expect(requests).to.deep.equal(['/v1/me 2026-08-20', '/v1/me 2025-11-10', '/v1/me/metadata 2025-11-10']);
        await expectEverywhere({ toString: 1 });
      });
    }
  });
}
