/**
 * What the elements say where it is not English: a language, whose texts it fetches, or texts by Clerk's keys, such as an object of
 * `@clerk/localizations`. A file of its own, which the core fetches where a page wants either.
 */
import { clerkKeys } from './clerk-keys.ts';
import { speak } from './speak.ts';
import type { Layer } from './speak.ts';
import { fill } from './template.ts';

/** What is needed of the core. */
interface Instance {
  readonly __internal_environment: { readonly applicationName: string } | undefined;
}

interface LanguageFile {
  speakAs(): void;
}

/** The files of the languages. */
const languages: Record<string, (() => Promise<LanguageFile>) | undefined> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ja: () => import('./ja.ts'),
};

/** Languages that are written from right to left. */
const fromRightToLeft = /^(ar|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)\b/;

/** Texts of ours for an error at one field, where Clerk has one for the error alone. */
const errorsAtFields = ['identifier', 'password', 'code', 'email_address', 'legal_accepted'].map((name) => `form_param_nil__${name}`);

/** What was asked for last: a language that arrives after it is no longer wanted. */
let latest: unknown;

/** For the core: `wanted` is a language, or texts by Clerk's keys. A language that no file of ours is for is English. */
export async function speakAs(wanted: unknown, clerk: Instance): Promise<void> {
  latest = wanted;
  const isLanguage = typeof wanted === 'string';
  const language = isLanguage ? wanted : String((wanted as { locale?: unknown }).locale ?? '');
  const file = languages[language.toLowerCase().split(/[-_]/)[0] ?? ''];
  const texts = await file?.();
  if (latest !== wanted) return;
  if (texts) texts.speakAs();
  else speak(0, isLanguage ? { cards: { root: { lang: 'en', dir: 'ltr' } } } : undefined);
  speak(1, isLanguage ? undefined : layerOf(wanted as object, clerk, language, Boolean(file)));
}

function layerOf(resource: object, clerk: Instance, language: string, isKnown: boolean): Layer {
  const read = (path: string): unknown =>
    path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], resource);
  const textAt = (path: string) => {
    const text = read(path);
    return typeof text === 'string' && text ? text : undefined;
  };
  const fillWith = (text: string, values: object) =>
    fill(text, { applicationName: clerk.__internal_environment?.applicationName ?? '', ...values });

  /** The texts for `keys`, in their shape. The name of the application is read when a text is shown. */
  const textsFor = (keys: object): Record<string, unknown> => {
    const texts: Record<string, unknown> = {};
    for (const [name, key] of Object.entries(keys) as [string, string | object][]) {
      if (typeof key === 'object') texts[name] = textsFor(key);
      else {
        const [path = '', ...names] = key.split(' ');
        const text = textAt(path);
        if (!text) continue;
        const write = (...values: unknown[]) => fillWith(text, Object.fromEntries(names.map((each, index) => [each, values[index]])));
        if (names.length) texts[name] = write;
        else if (text.includes('{{')) Object.defineProperty(texts, name, { get: () => write(), enumerable: true, configurable: true });
        else texts[name] = text;
      }
    }
    return texts;
  };

  const layer = textsFor(clerkKeys) as Record<string, Record<string, unknown>>;
  const add = (name: string, texts: object) => Object.assign((layer[name] ??= {}), texts);
  const errors = errorsOf(read('unstable__errors'), isKnown);
  add('cards', { errors, ...(language && { root: { lang: language, dir: fromRightToLeft.test(language) ? 'rtl' : 'ltr' } }) });
  add('signUp', { errors, legal: legalOf(textAt) });
  add('providerErrors', errors);
  const both = textAt('formFieldLabel__emailAddress_username');
  const [emailAddress, username] = ['emailAddress', 'username'].map((name) => textAt(`formFieldLabel__${name}`));
  if (both) {
    const { fields = {} } = layer.cards as { fields?: { identifier?: object } };
    fields.identifier = {
      ...fields.identifier,
      both: (first: string, second: string) => (first === emailAddress && second === username ? both : `${first} / ${second}`),
    };
  }
  for (const [name, key] of Object.entries({ code: 'emailCode', link: 'emailLink' })) {
    const resend = textAt(`signIn.${key}.resendButton`);
    if (resend) add(name, { resend: (seconds: number) => `${resend}${seconds ? ` (${seconds})` : ''}` });
  }
  const prefix = textAt('unstable__errors.passwordComplexity.sentencePrefix');
  if (prefix) add('passwordRules', { unmet: (rules: string[]) => `${prefix} ${new Intl.ListFormat(language || 'en').format(rules)}.` });
  return layer;
}

/** Texts of errors by their codes. In a language of which we know nothing, what it says in general is better than our English in detail. */
function errorsOf(given: unknown, isKnown: boolean): Record<string, string> {
  const errors = Object.fromEntries(Object.entries(given ?? {}).filter(([, text]) => typeof text === 'string')) as Record<string, string>;
  const general = errors.form_param_nil;
  return { ...(general && !isKnown && Object.fromEntries(errorsAtFields.map((key) => [key, general]))), ...errors };
}

/** Consent: `{{ termsOfServiceLink || link("Terms of Service") }}` is a link with its text. */
function legalOf(textAt: (path: string) => string | undefined): Record<string, string> {
  const labels = {
    both: 'label__termsOfServiceAndPrivacyPolicy',
    onlyTerms: 'label__onlyTermsOfService',
    onlyPrivacy: 'label__onlyPrivacyPolicy',
  };
  const texts: Record<string, string> = {};
  for (const [name, key] of Object.entries(labels)) {
    const label = textAt(`signUp.legalConsent.checkbox.${key}`);
    if (!label) continue;
    texts[name] = label.replace(/\{\{\s*(terms|privacy)\w+[^"}]*(?:"([^"]*)"[^}]*)?\}\}/g, (_whole, link: string, text?: string) => {
      if (text) texts[link] = text;
      return `{${link}}`;
    });
  }
  return texts;
}
