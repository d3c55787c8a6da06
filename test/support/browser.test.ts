import { expect } from '@open-wc/testing';
import { backend, createPerson, mails, signIn, startClerk, testApi } from './browser.ts';

describe('the support for browser tests', () => {
  it('starts a real instance against the local API', async () => {
    const clerk = await startClerk();
    expect(clerk.status).to.equal('ready');
    expect(clerk.publishableKey).to.equal(testApi.publishableKey);
    expect(clerk.user).to.equal(null);
    expect(customElements.get('clerk-unsafe-field')).to.be.a('function');
  });

  it('makes people and signs them in', async () => {
    const person = await createPerson({ unsafe_metadata: { plan: 'large' } });
    const clerk = await startClerk();
    await signIn(clerk, person);
    expect(clerk.user?.id).to.equal(person.id);
    expect(clerk.user?.unsafeMetadata).to.deep.equal({ plan: 'large' });
  });

  it('is a new visitor every time, unless the test says otherwise', async () => {
    const person = await createPerson();
    await signIn(await startClerk(), person);
    expect((await startClerk({ isSameVisitor: true })).user?.id).to.equal(person.id);
    expect((await startClerk()).user).to.equal(null);
  });

  it('reaches the Backend API and the mails', async () => {
    const person = await createPerson();
    expect(await backend(`/users/${person.id}`)).to.include({ id: person.id, object: 'user' });
    expect(await mails()).to.be.an('array');
  });
});
