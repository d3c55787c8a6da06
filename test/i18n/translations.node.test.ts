/** Every language says everything, with the same values. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { english } from '../../src/i18n/catalogues.ts';
import { languageFiles } from '../../src/i18n/languages.ts';
import type { Language } from '../../src/i18n/languages.ts';
import { plural } from '../../src/i18n/plural.ts';
import { pageTexts } from '../../src/rules/page-texts.ts';
import { translationProblems } from '../support/translation-check.ts';

/** Texts that are the same in a language, and those whose values are not shown as they are. */
const same: Partial<Record<Language, string[]>> = {
  de: ['phone.choice'],
  fr: ['phone.choice'],
  es: ['phone.choice'],
};
const values = { 'moreFields.notStorable': ['too_deep'], 'passwordRules.unmet': [['zq1', 'zq2']] };

type Texts = Record<string, Record<string, unknown>>;

const languages = Object.keys(languageFiles) as Language[];

/** A copy that a test may spoil. */
const copyOf = (texts: unknown): Texts =>
  Object.fromEntries(
    Object.entries(texts as Texts).map(([key, value]) => [key, typeof value === 'object' ? copyOf(value) : value]),
  ) as Texts;

describe('translations', () => {
  const originals = copyOf(english);
  const translations = new Map<Language, Texts>();

  before(async () => {
    // What is shown already is looked for in the document.
    Object.assign(globalThis, { document: { querySelectorAll: () => [] } });
    for (const language of languages) {
      ((await import(`../../src/i18n/${language}.ts`)) as { speakAs(): void }).speakAs();
      translations.set(language, pageTexts().layers![0] as Texts);
    }
  });

  it('are of the languages that the core can fetch', () => {
    assert.deepEqual(languages, ['ar', 'de', 'es', 'fr', 'ja']);
  });

  it('know every catalogue of the UI', async () => {
    const files = (await readdir(new URL('../../src/i18n/en/', import.meta.url))).filter((name) => name.endsWith('.ts'));
    assert.equal(files.length, Object.keys(english).length);
    assert.deepEqual(
      pageTexts()
        .map(([name]) => name)
        .sort(),
      Object.keys(english).sort(),
    );
  });

  for (const language of languages) {
    it(`say in ${language} all that English says, with the same values`, () => {
      const { missing, wrong } = translationProblems(originals, translations.get(language)!, { same: same[language] ?? [], values });
      assert.ok(!missing.length, `Missing in src/i18n/${language}.ts, though English (src/i18n/en) has them:\n  ${missing.join('\n  ')}`);
      assert.ok(!wrong.length, `Wrong in src/i18n/${language}.ts:\n  ${wrong.join('\n  ')}`);
    });
  }

  it('are the same codes of errors in every language', () => {
    const codes = languages.map((language) => Object.keys(translations.get(language)!.cards!.errors as object).sort());
    for (const each of codes) assert.deepEqual(each, codes[0]);
  });

  it('are found out where a text is missing, is one too many, has lost its value or is English', () => {
    const spoil = (change: (texts: Texts) => void) => {
      const texts = copyOf(translations.get('de'));
      change(texts);
      const { missing, wrong } = translationProblems(originals, texts, { same: same.de!, values });
      return [...missing, ...wrong];
    };
    assert.deepEqual(
      spoil((texts) => delete texts.cards!.continue),
      ['cards.continue'],
    );
    assert.deepEqual(
      spoil((texts) => delete texts.later!.newPassword),
      [
        'later.newPassword.title',
        'later.newPassword.subtitle',
        'later.newPassword.button',
        'later.newPassword.fields.newPassword',
        'later.newPassword.fields.confirmPassword',
        'later.newPassword.fields.signOutOfOtherSessions',
        'later.newPassword.errors.missing',
        'later.newPassword.errors.mismatch',
      ],
    );
    assert.deepEqual(
      spoil((texts) => (texts.cards!.carryOn = 'Weiter')),
      ['cards.carryOn: English has no such text'],
    );
    assert.deepEqual(
      spoil((texts) => (texts.form!.notSaved = () => 'Nicht gespeichert.')),
      ['form.notSaved: other values'],
    );
    assert.deepEqual(
      spoil((texts) => (texts.field!.bytes = (used: number) => `${used} Bytes belegt.`)),
      ['field.bytes: other values'],
    );
    assert.deepEqual(
      spoil((texts) => (texts.passwordRules!.unmet = (rules: string[]) => `Es fehlt ${rules[0]}.`)),
      ['passwordRules.unmet: other values'],
    );
    assert.deepEqual(
      spoil((texts) => (texts.code!.resend = (seconds: number) => `Noch einmal senden (${seconds})`)),
      ['code.resend: says "undefined" without its values'],
    );
    assert.deepEqual(
      spoil((texts) => Object.assign(texts.signUp!.legal as object, { both: 'Ich stimme den {terms} zu' })),
      ['signUp.legal.both: other placeholders'],
    );
    assert.deepEqual(
      spoil((texts) => (texts.cards!.retry = 'Try again')),
      ['cards.retry: not translated'],
    );
  });

  it('count in Arabic as Arabic does', () => {
    const { tryAgainIn } = translations.get('ar')!.cards as { tryAgainIn(seconds: number): string };
    const said = [1, 2, 3, 11, 100].map((count) => tryAgainIn(count).replace(/.* بعد /, ''));
    assert.deepEqual(said, ['ثانية واحدة.', 'ثانيتين.', '3 ثوانٍ.', '11 ثانية.', '100 ثانية.']);
    assert.equal(plural('fr')(0, { one: 'caractère', other: 'caractères' }), 'caractère');
  });
});
