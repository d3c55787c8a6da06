import { network } from '../../support/network.ts';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { TOTP } from 'otpauth';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { createPerson, signIn, startClerk } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import { signInCard } from '../sign-in/harness.ts';
import type { Card } from '../sign-in/harness.ts';

interface Answer {
  client?: Answer | null;
  response?: Answer | null;
  sessions?: { status: string; tasks: { key: string }[] | null }[];
  auth_config?: { single_session_mode: boolean };
}

describe('a card where somebody is signed in already', () => {
  let clerk: ClerkCore;
  let person: Person;

  beforeEach(async () => {
    network.reset();
    person = await createPerson();
    clerk = await startClerk();
    await signIn(clerk, person);
  });

  afterEach(() => network.reset());

  /** The page is opened again, where the API says something else. */
  const reopen = async (change: (answer: Answer) => void): Promise<Card> => {
    network.edits = [{ path: /^\/v1\/(client|environment|me)/, change }];
    clerk = await startClerk({ isSameVisitor: true });
    return signInCard();
  };
  const severalSessions = ({ auth_config: settings }: Answer) => {
    if (settings) settings.single_session_mode = false;
  };
  const withTask = (key: string) => (answer: Answer) => {
    for (const { sessions = [] } of [answer.client ?? {}, answer.response ?? {}])
      for (const session of sessions) Object.assign(session, { status: 'pending', tasks: [{ key }] });
  };
  const isAccessible = async ({ element }: Card) => {
    for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
  };

  it('offers the accounts, and goes on as one of them by keyboard', async () => {
    const card = await reopen(severalSessions);
    await card.shows('Choose an account');
    await isAccessible(card);
    card.button(new RegExp(person.emailAddress.replaceAll('+', '\\+'))).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => card.completed.length);
    expect(card.completed).to.deep.equal([clerk.session?.id]);
  });

  it('takes another account', async () => {
    const card = await reopen(severalSessions);
    await card.shows('Choose an account');
    card.button('Add account').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => document.activeElement === card.element.querySelector('input[name=identifier]'));
  });

  it('asks for a new password where that is the task', async () => {
    const card = await reopen(withTask('reset-password'));
    await card.shows('Reset your password');
    await isAccessible(card);
    card.fill({ newPassword: 'orchard-violet-harbour', confirmPassword: 'something-else' });
    card.button('Reset password').click();
    await until(() => card.error('confirmPassword'));
    expect(card.error('confirmPassword')).to.equal('The two passwords differ.');
    expect(card.completed).to.deep.equal([]);
  });

  it('has an authenticator app set up, and gives its backup codes', async () => {
    const card = await reopen(withTask('setup-mfa'));
    await card.shows('Add an authenticator app');
    await isAccessible(card);
    const secret = card.element.querySelector('.cl-totpSecret')!.textContent.replaceAll(' ', '');
    card.fill({ code: new TOTP({ secret }).generate() });
    await card.shows('Save your backup codes');
    expect(card.element.querySelectorAll('.cl-backupCodes li')).to.have.length(10);
    await isAccessible(card);
    expect(clerk.client?.sessions[0]?.user?.totpEnabled).to.equal(true);
  });

  it('offers to open nothing but an authenticator app', async () => {
    const card = await reopen((answer) => {
      withTask('setup-mfa')(answer);
      if (answer.response && 'uri' in answer.response) Object.assign(answer.response, { uri: 'javascript:alert(1)' });
    });
    await card.shows('Add an authenticator app');
    expect(card.element.querySelector('.cl-totpSecret')?.textContent).to.match(/^[A-Z2-7 ]+$/);
    expect(card.element.querySelector('.cl-totpKey a')).to.equal(null);
  });

  it('is mounted for a task by its name, and leads to where the page says', async () => {
    const node = document.body.appendChild(document.createElement('div'));
    const shown = () => node.querySelector('.cl-headerTitle')?.textContent;
    await reopen(withTask('reset-password'));
    clerk.mountTaskResetPassword(node);
    await until(() => shown() === 'Reset your password');
    clerk.unmountTaskResetPassword(node);
    expect(node.childElementCount).to.equal(0);

    await reopen(withTask('setup-mfa'));
    clerk.mountTaskSetupMFA(node, { redirectUrlComplete: '#done' });
    await until(() => shown() === 'Add an authenticator app');
    // Nothing is left to do any more.
    network.edits = [];
    await clerk.client!.reload();
    await until(() => shown() === 'You are signed in');
    node.querySelector<HTMLButtonElement>('.cl-formButtonPrimary')!.click();
    await until(() => location.hash === '#done');
    clerk.unmountTaskSetupMFA(node);
    expect(node.childElementCount).to.equal(0);
    node.remove();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('says what a task is that it does not know, and lets one sign out by keyboard', async () => {
    const card = await reopen(withTask('choose-a-hat'));
    await card.shows('This step is not supported here');
    expect(card.element.textContent).to.contain('Asked for: choose-a-hat');
    await isAccessible(card);
    // What is asked is enough: who is signed out leaves the page.
    network.affects = ({ method }) => method === 'DELETE';
    network.line = 'down';
    card.button('Sign out').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => network.requests.some(({ method, path }) => method === 'DELETE' && path === '/v1/client/sessions'));
  });
});
