import { network } from '../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkApi, UserInterface } from '../../src/clerk/clerk-api.ts';
import { startUserInterface } from '../../src/ui.ts';
import { startClerk } from '../support/browser.ts';
import { until } from '../support/until.ts';

const tag = 'clerk-sign-in';
const dialog = () => document.querySelector<HTMLDialogElement>('dialog.cl-modalContent');
const identifier = () => document.querySelector<HTMLInputElement>('input[name=identifier]');

describe('startUserInterface()', () => {
  let clerk: ClerkApi;
  let ui: UserInterface;

  before(async () => {
    network.reset();
    clerk = await startClerk();
    ui = startUserInterface(clerk);
  });

  afterEach(() => {
    ui.close(tag);
  });

  it('fills a node, updates it, and leaves it as it was', async () => {
    const node = await fixture<HTMLElement>(html`<div><p>the page’s</p></div>`);
    ui.mount(tag, node, { initialValues: { emailAddress: 'ann@example.com' } });
    const card = node.querySelector(tag);
    await until(identifier);
    expect(identifier()?.value).to.equal('ann@example.com');
    ui.mount(tag, node, { signUpUrl: '/join', innerHTML: '<img>' });
    expect(node.querySelector(tag)).to.equal(card);
    await until(() => node.querySelector('a[href$="/join"]'));
    ui.unmount(node);
    expect(node.children).to.have.length(1);
  });

  it('fills a node again that the page has emptied', async () => {
    const node = await fixture<HTMLElement>(html`<div></div>`);
    ui.mount(tag, node, {});
    node.replaceChildren();
    ui.mount(tag, node, {});
    expect(node.querySelectorAll(tag)).to.have.length(1);
    ui.unmount(node);
  });

  describe('the dialog', () => {
    it('is modal, has a name, and the focus is on the first field', async () => {
      ui.open(tag, {});
      await until(() => dialog()?.matches(':modal'));
      expect(document.activeElement).to.equal(identifier());
      expect(dialog()).to.have.attribute('aria-label', 'Sign in');
      expect(document.querySelector('.cl-modalContent:has(.cl-signIn-root)')).to.equal(dialog());
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('hidden');
      await expect(dialog()!).to.be.accessible();
    });

    it('closes by Escape, and the focus goes back', async () => {
      const button = await fixture<HTMLButtonElement>(html`<button>Sign in</button>`);
      button.focus();
      ui.open(tag, {});
      await until(() => dialog()?.open);
      await sendKeys({ press: 'Escape' });
      await until(() => !dialog());
      expect(document.activeElement).to.equal(button);
      expect(getComputedStyle(document.documentElement).overflowY).not.to.equal('hidden');
    });

    it('closes by its button, and by a click beside it that began there', async () => {
      ui.open(tag, {});
      await until(() => dialog()?.open);
      document.querySelector<HTMLElement>('[aria-label="Close modal"]')!.click();
      await until(() => !dialog());
      ui.open(tag, {});
      await until(() => dialog()?.open);
      identifier()!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      dialog()!.click();
      expect(dialog()?.open).to.equal(true);
      dialog()!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      dialog()!.click();
      await until(() => !dialog());
    });

    it('is one, however often it is opened, and closes only for its own card', async () => {
      ui.open(tag, {});
      ui.open(tag, {});
      await until(() => dialog()?.open);
      expect(document.querySelectorAll('dialog')).to.have.length(1);
      expect(document.querySelectorAll(tag)).to.have.length(1);
      ui.close('clerk-sign-up');
      expect(dialog()?.open).to.equal(true);
      ui.close(tag);
      await until(() => !dialog());
    });

    it('opens again in the moment in which it is closed', async () => {
      ui.open(tag, {});
      await until(() => dialog()?.open);
      const first = dialog();
      ui.close(tag);
      ui.open(tag, {});
      await until(() => dialog()?.open && dialog() !== first);
      // The event of the first one comes by now.
      await new Promise((resolve) => setTimeout(resolve));
      expect(dialog()?.open).to.equal(true);
      expect(document.querySelectorAll('dialog')).to.have.length(1);
      document.querySelector<HTMLElement>('[aria-label="Close modal"]')!.click();
      expect(dialog()).to.equal(null);
    });

    it('can be closed before it is shown', async () => {
      ui.open(tag, {});
      ui.close(tag);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(dialog()).to.equal(null);
    });
  });
});
