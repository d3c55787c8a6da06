/** The script tag: reads its own attributes, makes `window.Clerk`, and starts what `load()` will await. */
import { brand, ClerkCore } from './clerk/clerk.ts';
import { createFileLoader } from './clerk/file-loader.ts';
import { reservedBoxes } from './rules/reserved-boxes.ts';
import { documentMember } from './transport/platform.ts';

const globals = globalThis as unknown as Record<string, unknown>;
const keyAttribute = 'data-clerk-publishable-key';

/** Elements of the page can shadow `document.currentScript`, but not the getter itself (security.md, B6). */
const own = (documentMember('currentScript') as HTMLScriptElement | null) ?? findScript(keyAttribute);

function findScript(attribute: string): HTMLScriptElement | null {
  return Document.prototype.querySelector.call(document, `script[${attribute}]`) as HTMLScriptElement | null;
}

/** An attribute of our tag; of the first script that has it, if ours carries no key; else the global of the same meaning. */
function setting(name: string): string {
  const attribute = `data-clerk-${name}`;
  const script = own?.hasAttribute(keyAttribute) ? own : findScript(attribute);
  const global = globals[`__clerk_${name.replaceAll('-', '_')}`];
  return script?.getAttribute(attribute) ?? (typeof global === 'string' ? global : '');
}

/** Leaves `window.Clerk` undefined, and throws what is wrong, where the key is. */
function start(): void {
  const existing = globals.Clerk as { [brand]?: true; version?: string } | undefined;
  if (existing?.[brand]) {
    console.warn(`clerk-lit: the script was loaded twice; version ${existing.version} is kept.`);
    return;
  }
  adoptReservedBoxes();
  const options = {
    proxyUrl: setting('proxy-url'),
    domain: setting('domain'),
    localization: setting('localization'),
    appearance: setting('appearance'),
  };
  const base = new URL('.', own?.src || location.href).href;
  const files = createFileLoader({ base, files: __CLERK_LIT_FILES__, pins: own?.integrity ? __CLERK_LIT_PINS__ : undefined });
  const clerk = new ClerkCore(setting('publishable-key'), options, { uiLoader: files, fetchMethods: files.fetchMethods });
  globals.Clerk = clerk;
  clerk.watchDocument();
  if (!own?.hasAttribute('data-clerk-no-prefetch')) clerk.prefetch();
}

function adoptReservedBoxes(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(reservedBoxes);
  (documentMember('adoptedStyleSheets') as CSSStyleSheet[]).push(sheet);
}

start();
