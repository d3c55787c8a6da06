import { expect } from '@open-wc/testing';
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { backend, createPerson, signIn, startClerk } from '../support/browser.ts';
import type { Person } from '../support/browser.ts';

/** Claims as a backend would read them; UTF-8. */
function claimsOf(jwt: string | null): Record<string, unknown> {
  const bytes = Uint8Array.from(atob((jwt ?? '').split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}

describe('session.getToken()', () => {
  let clerk: ClerkCore;
  let person: Person;
  let template: string;

  beforeEach(async () => {
    clerk = await startClerk();
    person = await createPerson({ public_metadata: { role: 'shopper' } });
    template = `orders-${crypto.randomUUID()}`;
    const claims = {
      role: '{{user.public_metadata.role}}',
      theme: '{{user.unsafe_metadata.theme}}',
      mail: '{{user.primary_email_address}}',
    };
    await backend('/jwt_templates', { method: 'POST', body: { name: template, claims } });
    await signIn(clerk, person);
  });

  const both = async () => {
    const { theme: own } = claimsOf(await clerk.session!.getToken());
    const { theme: other } = claimsOf(await clerk.session!.getToken({ template }));
    return [own, other];
  };

  it('holds the custom claims of the instance', async () => {
    const { metadata, theme, sid } = claimsOf(await clerk.session!.getToken());
    expect({ metadata, theme, sid }).to.deep.equal({ metadata: { role: 'shopper' }, theme: 'light', sid: clerk.session!.id });
  });

  it('makes a token from a template, once while it lives, and leaves the session’s alone', async () => {
    const own = await clerk.session!.getToken();
    const jwt = await clerk.session!.getToken({ template });
    const { role, theme, mail, sub, sid, azp } = claimsOf(jwt);
    expect({ role, theme, mail, sub, sid, azp }).to.deep.equal({
      role: 'shopper',
      theme: null,
      mail: person.emailAddress,
      sub: person.id,
      sid: undefined,
      azp: location.origin,
    });
    expect(await clerk.session!.getToken({ template })).to.equal(jwt);
    expect(await clerk.session!.getToken({ template, skipCache: true })).not.to.equal(jwt);
    expect(await clerk.session!.getToken()).to.equal(own);
    expect(clerk.session!.lastActiveToken?.getRawString()).to.equal(own);
  });

  it('rejects with the answer of the API for a template that nobody has made', async () => {
    const error = await clerk.session!.getToken({ template: 'nowhere' }).then(
      () => expect.fail('It was not refused.'),
      (reason: unknown) => reason as { status: number; errors: { code: string; longMessage?: string }[] },
    );
    expect([error.status, error.errors[0]?.code]).to.deep.equal([404, 'resource_not_found']);
    expect(error.errors[0]?.longMessage).to.equal('No JWT template exists with name: nowhere');
    expect(await clerk.session!.getToken(), 'the session lives on').to.be.a('string');
  });

  it('is fresh as soon as a write is done', async () => {
    expect(await both()).to.deep.equal(['light', null]);
    await clerk.user!.updateMetadata({ unsafeMetadata: { theme: 'dark' } });
    expect(await both()).to.deep.equal(['dark', 'dark']);
    await clerk.user!.update({ unsafeMetadata: { theme: 'größer' } });
    expect(await both()).to.deep.equal(['größer', 'größer']);
    await clerk.user!.updateMetadata({ unsafeMetadata: { theme: null } });
    expect(await both()).to.deep.equal(['light', null]);
  });

  it('is fresh after reload() when a backend has written', async () => {
    await clerk.session!.getToken({ template });
    await backend(`/users/${person.id}/metadata`, { method: 'PATCH', body: { public_metadata: { role: 'admin' } } });
    await clerk.user!.reload();
    expect(claimsOf(await clerk.session!.getToken({ template }))['role']).to.equal('admin');
    expect(claimsOf(await clerk.session!.getToken())['metadata']).to.deep.equal({ role: 'admin' });
    expect(claimsOf(await clerk.session!.getToken({ skipCache: true }))['metadata']).to.deep.equal({ role: 'admin' });
  });
});
