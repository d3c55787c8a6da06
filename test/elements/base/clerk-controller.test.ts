import { expect, fixture, html } from '@open-wc/testing';
import { html as template } from 'lit';
import type { ClerkApi } from '../../../src/clerk/clerk-api.ts';
import { ClerkController } from '../../../src/elements/base/clerk-controller.ts';
import { ClerkElement } from '../../../src/elements/base/clerk-element.ts';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { createPerson, signIn, startClerk } from '../../support/browser.ts';

class FollowerElement extends ClerkElement {
  readonly connection = new ClerkController(this);
  /** The instance as it is read before an element is drawn. */
  prepared: ClerkApi | undefined;
  /** What it was drawn in, each time. */
  readonly phases: string[] = [];

  override willUpdate() {
    this.prepared = this.connection.clerk;
    this.phases.push(this.connection.phase);
  }

  override render() {
    return template`${this.connection.clerk?.user?.id ?? 'nobody'}`;
  }
}
customElements.define('clerk-follower', FollowerElement);

/** How many listeners an instance has of those that were added from now on. */
function countListeners(clerk: ClerkCore): () => number {
  const add = clerk.addListener.bind(clerk);
  let count = 0;
  clerk.addListener = (...parameters) => {
    const remove = add(...parameters);
    count++;
    return () => {
      count--;
      remove();
    };
  };
  return () => count;
}

describe('ClerkController', () => {
  it('draws its element once when the instance that it loads is there', async () => {
    const clerk = await startClerk({ load: false });
    const element = await fixture<FollowerElement>(html`<clerk-follower></clerk-follower>`);
    expect(element.phases.at(-1)).to.equal('loading');
    await clerk.load();
    await element.updateComplete;
    expect(element.phases.filter((phase) => phase === 'ready')).to.have.length(1);
  });

  it('leaves nothing behind when its element is removed while an update is pending', async () => {
    const clerk = await startClerk();
    const listeners = countListeners(clerk);
    const element = await fixture<FollowerElement>(html`<clerk-follower></clerk-follower>`);
    expect(listeners()).to.equal(1);
    element.requestUpdate();
    element.remove();
    await element.updateComplete;
    expect(listeners()).to.equal(0);
  });

  it('shows what has changed while its element was away', async () => {
    const clerk = await startClerk();
    const person = await createPerson();
    await signIn(clerk, person);
    const element = await fixture<FollowerElement>(html`<clerk-follower></clerk-follower>`);
    expect(element).to.have.text(person.id);
    const { parentNode } = element;
    element.remove();
    await clerk.signOut(() => undefined);
    parentNode?.append(element);
    await element.updateComplete;
    expect(element).to.have.text('nobody');
  });

  it('follows another instance when it is given one', async () => {
    const first = await startClerk();
    const before = countListeners(first);
    const element = await fixture<FollowerElement>(html`<clerk-follower></clerk-follower>`);
    const second = await startClerk();
    const after = countListeners(second);
    element.clerk = second;
    await element.updateComplete;
    await element.updateComplete;
    expect(element.connection.clerk).to.equal(second);
    expect(element.prepared).to.equal(second);
    expect([before(), after()]).to.deep.equal([0, 1]);
  });
});
