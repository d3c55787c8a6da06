/** Redirect targets as somebody would write them who wants to lead people elsewhere. */
import { redirectSpellings } from '../../support/redirect-spellings.ts';

type Random = () => number;
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

const schemes = [
  'https:',
  'https:',
  'https:',
  'http:',
  'HTTPS:',
  'javascript:',
  'data:',
  'blob:https:',
  'ftp:',
  'wss:',
  'view-source:https:',
  '',
  '',
  'x:',
];
const slashes = ['//', '//', '//', '/', '', '///', '\\\\', '/\\', '\\/', '//\t', '/\n/', '%2f%2f', '//\u200b'];
const users = ['', '', '', '', 'app.test@', 'a:b@', 'https://app.test@', '%40', 'app.test%40', '@', ':@'];
const hosts = ['app.test', 'app.test', 'a.shop.test', 'localhost', 'evil.test', 'evil.test', 'app.test.evil.test', 'evil-app.test', 'app.testevil.test', 'shop.test', '.shop.test', 'a..shop.test', 'ａｐｐ.test', 'app。test', 'app.test.', 'xn--pp-xbc.test', '127.0.0.1', '0x7f.1', '[::1]', '2130706433', 'app.test%00.evil.test', 'app.test%2eevil.test', 'app.test%23.evil.test', 'evil.test%2f.shop.test', 'evil.test#.shop.test', 'evil.test?.shop.test', 'evil.test/.shop.test', 'evil.test\\.shop.test', 'localhost.evil.test', 'loc\u0430lhost', 'app.te\u00adst', '']; // prettier-ignore
const ports = ['', '', '', ':443', ':80', ':3000', ':', ':0', ':99999', ':443@evil.test', ':x', ':3000.evil.test'];
const paths = [
  '',
  '/',
  '/a',
  '/a/../b',
  '//evil.test',
  '/%2f/evil.test',
  '/\\evil.test',
  '/@evil.test',
  '/a\tb',
  '/%0d%0aLocation:%20https://evil.test',
  '/;@evil.test',
  '/a?next=//evil.test',
  '/#@evil.test',
  '?x',
  '#x',
  '/.//evil.test',
  '/%5cevil.test',
];
const inserted = [
  '\t',
  '\n',
  '\r',
  '\0',
  ' ',
  '\\',
  '/',
  '@',
  '#',
  '?',
  ':',
  '%',
  '%00',
  '%09',
  '%2f',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u202e',
  '\uff0f',
  '\u2215',
  '\u3002',
  '\ud800',
  '.',
  '*',
  '|',
  '<',
  '"',
  'ß',
  '\u0130',
];

function composed(random: Random): string {
  return [schemes, slashes, users, hosts, ports, paths].map((parts) => pick(random, parts)).join('');
}

/** With a few characters put in, left out or written otherwise. */
function disturbed(random: Random, text: string): string {
  let result = text;
  for (let changes = Math.floor(random() * 3); changes > 0; changes--) {
    const at = Math.floor(random() * (result.length + 1));
    const kind = random();
    if (kind < 0.5) result = result.slice(0, at) + pick(random, inserted) + result.slice(at);
    else if (kind < 0.7) result = result.slice(0, at) + result.slice(at + 1);
    else if (kind < 0.85 && at < result.length)
      result = `${result.slice(0, at)}${encodeURIComponent(pick(random, [result.charAt(at), '/', '@'])).replace(/^(?!%)./, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}${result.slice(at + 1)}`; // prettier-ignore
    else result = random() < 0.5 ? result.toUpperCase() : result.repeat(2);
  }
  return result;
}

/** Half of them put together from parts, half known spellings; most with a change. */
export function redirectTarget(random: Random): string {
  const text = random() < 0.5 ? composed(random) : pick(random, redirectSpellings)[0];
  // No address that is sent holds half a character.
  return disturbed(random, text).replace(/\p{Surrogate}/gu, '\ufffd');
}
