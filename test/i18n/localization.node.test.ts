/** Texts by Clerk's keys: what a page hands over that has `@clerk/localizations`. */
import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { daDK, deDE, enUS } from '@clerk/localizations';
import { english } from '../../src/i18n/catalogues.ts';
import { clerkKeys } from '../../src/i18n/clerk-keys.ts';
import { signUpStrings } from '../../src/i18n/en/sign-up.ts';
import { errorText } from '../../src/i18n/error-text.ts';
import { speakAs } from '../../src/i18n/localization.ts';
import { fill } from '../../src/i18n/template.ts';
import { catalogue, pageTexts } from '../../src/rules/page-texts.ts';

const clerk = { __internal_environment: { applicationName: 'Example' } };
const { beginnings, cards, code, later, link, passwordRules, providerErrors, userVerification } = english;
const signUp = () => signUpStrings(cards);

describe('localization by Clerk’s keys', () => {
  before(() => {
    Object.assign(globalThis, { document: { querySelectorAll: () => [] } });
  });
  afterEach(() => speakAs('en', clerk));

  it('has only keys that Clerk’s English has', () => {
    const paths = JSON.stringify(clerkKeys).match(/(?<=:")[\w.]+/g) ?? [];
    assert.ok(paths.length > 50);
    const unknown = paths.filter(
      (path) =>
        typeof path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], enUS) !== 'string',
    );
    // In its type, but not in its English.
    assert.deepEqual(unknown, ['formFieldAction__showPassword', 'formFieldAction__hidePassword']);
  });

  it('has the values of every text that takes some', () => {
    type Part = Record<string, unknown>;
    const problems: string[] = [];
    const compare = (keys: Part, texts: Part, path: string) => {
      for (const [name, key] of Object.entries(keys)) {
        if (typeof key === 'object') compare(key as Part, texts[name] as Part, `${path}${name}.`);
        else if ((typeof texts[name] === 'function') !== String(key).includes(' ')) problems.push(path + name);
      }
    };
    compare(clerkKeys, english, '');
    assert.deepEqual(problems, []);
  });

  it('says what the package says', async () => {
    await speakAs(deDE, clerk);
    assert.equal(cards.continue, deDE.formButtonPrimary);
    assert.equal(cards.signIn.title('Example'), 'In Example einloggen');
    assert.equal(cards.signIn.signUpLink, deDE.signIn?.start?.actionLink);
    assert.equal(later.emailCode.method('jane@example.com'), 'Code an jane@example.com senden');
    assert.equal(later.totp.subtitle, deDE.signIn?.totpMfa?.subtitle);
    assert.equal(link.method('jane@example.com'), 'Link senden an jane@example.com');
    assert.equal(link.subtitle('jane@example.com'), deDE.signIn?.emailLink?.formSubtitle);
    assert.equal(link.resend(0), deDE.signIn?.emailLink?.resendButton);
    assert.equal(beginnings.link.client_mismatch.title, deDE.signIn?.emailLink?.clientMismatch?.title);
    assert.equal(beginnings.social.continueWith('gitHub'), 'Weiter mit GitHub');
    assert.equal(userVerification.methods.passkey, deDE.reverification?.alternativeMethods?.blockButton__passkey);
    assert.equal(code.resend(30), `${deDE.signIn?.emailCode?.resendButton} (30)`);
    assert.equal(
      passwordRules.unmet([passwordRules.minLength(8), passwordRules.number]),
      'Das Passwort muss mindestens 8 Zeichen lang sein und eine Zahl enthalten.',
    );
    assert.equal(signUp().signUp.title, deDE.signUp?.start?.title);
    assert.equal(signUp().legal.both, 'Ich stimme den {terms} und der {privacy} zu');
    assert.equal(signUp().legal.privacy, 'Datenschutzerklärung');
    assert.deepEqual(cards.root, { lang: 'de-DE', dir: 'ltr' });
  });

  it('reads the name of the application where Clerk’s text has it, and ours has not', async () => {
    await speakAs(
      { signUp: { start: { subtitle: 'for {{applicationName|titleize}}' } } },
      { __internal_environment: { applicationName: 'shop' } },
    );
    assert.equal(signUp().signUp.subtitle, 'for Shop');
  });

  it('falls back to our texts of that language, and then to English', async () => {
    await speakAs({ locale: 'de-AT', formButtonPrimary: 'Los' }, clerk);
    assert.deepEqual([cards.continue, cards.retry], ['Los', 'Noch einmal versuchen']);
    await speakAs({ locale: 'da-DK', formButtonPrimary: 'Fortsæt' }, clerk);
    assert.deepEqual([cards.continue, cards.retry], ['Fortsæt', 'Try again']);
    await speakAs({ formButtonPrimary: 'Go on' }, clerk);
    assert.deepEqual([cards.continue, cards.retry, cards.root], ['Go on', 'Try again', {}]);
  });

  it('says what was asked for last, in whichever order the files arrive', async () => {
    const earlier = speakAs('de', clerk);
    await speakAs({ formButtonPrimary: 'Go on' }, clerk);
    await earlier;
    assert.deepEqual([cards.continue, cards.retry], ['Go on', 'Try again']);
  });

  it('ignores keys that it does not know, and values that are no texts', async () => {
    const odd = {
      formButtonPrimary: 12,
      signIn: 'no',
      backButton: { nothing: 'here' },
      roles: { admin: 'Chefin' },
      unstable__errors: null,
    };
    await speakAs(odd, clerk);
    assert.deepEqual([cards.continue, later.back, cards.signIn.signUpLink], ['Continue', 'Back', 'Sign up']);
  });

  it('has texts of errors by their codes, and by code and parameter', async () => {
    const unstable__errors = { form_password_incorrect: 'Nope.', form_identifier_exists__username: 'Taken.', passwordComplexity: {} };
    await speakAs({ unstable__errors }, clerk);
    assert.equal(errorText(cards, { code: 'form_password_incorrect', longMessage: 'Password is incorrect.' }), 'Nope.');
    assert.equal(errorText(signUp(), { code: 'form_identifier_exists', param: 'username' }), 'Taken.');
    assert.equal(errorText(cards, { code: 'form_param_nil', param: 'code' }), 'Enter the whole code.');
    await speakAs({ unstable__errors: { oauth_access_denied: 'Denied.' } }, clerk);
    assert.equal(providerErrors.oauth_access_denied, 'Denied.');
    await speakAs(daDK, clerk);
    const general = daDK.unstable__errors?.form_param_nil;
    assert.ok(general);
    assert.equal(errorText(cards, { code: 'form_param_nil', param: 'code' }), general, 'rather in general than in English');
  });

  it('is said by catalogues that come later, and is taken back whole', async () => {
    await speakAs({ formButtonPrimary: 'Go on', unstable__errors: { gone: 'Gone.' } }, clerk);
    const late = catalogue('cards', { continue: 'Continue', errors: {} as Record<string, string> });
    assert.deepEqual([late.continue, late.errors], ['Go on', { gone: 'Gone.' }]);
    await speakAs('en', clerk);
    pageTexts().splice(
      pageTexts().findIndex(([, texts]) => texts === late),
      1,
    );
    assert.equal(late.continue, 'Continue');
    assert.deepEqual(late.errors, {});
    assert.deepEqual(cards.root, { lang: 'en', dir: 'ltr' });
  });

  it('takes values for text, whatever is in them', () => {
    const values = { name: '{{other}} $& <b>', other: 'x', provider: 'gitHub' };
    assert.equal(fill('{{ name }} {{unknown}}{{provider|titleize}} {{constructor}}', values), '{{other}} $& <b> GitHub ');
  });
});
