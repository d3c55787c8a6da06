/** Secrets by what they are, and the look for them in whatever was said or stored. */

/**
 * Whose a secret is: what a person's own browser or backend was given in an answer it asked for, what its cookies alone hold, out of reach
 * of scripts, or what no answer ever holds.
 */
export type Owner = 'caller' | 'cookie' | 'nobody';

interface Canary {
  name: string;
  owner: Owner;
  /** In the spellings in which it may be hidden. */
  spellings: string[];
}

export interface Canaries {
  add(name: string, value: string | undefined, owner: Owner): void;
  /** Takes credentials out of an answer to the caller. */
  collect(text: string): void;
  readonly size: number;
  /** Names of those that are in the text; of these owners alone if asked. */
  find(text: string, ...owners: Owner[]): string[];
}

/** What answers hand to their caller: credentials of browsers, tokens, tickets, nonces, and what a provider is sent with. */
const handed: [name: string, pattern: RegExp, owner?: Owner][] = [
  ['id of a dev browser', /\bdvb_[\w-]{20,}/g],
  ['signed token', /\beyJ[\w-]+\.eyJ[\w-]+\.([\w-]{40,})/g],
  ['client cookie', /\b__client=([\w-]{43})/g, 'cookie'],
  ['refresh token', /\b__refresh_\w+=([\w-]{20,}(?:\.[\w-]+)*)/g],
  ['handshake nonce', /__clerk_handshake_nonce=([\w-]{20,})/g],
  ['state at a provider', /[?&]state=([\w-]{20,})/g],
  ['authenticator secret', /"secret":"([A-Z2-7]{16,})"/g],
  ['backup code', /"codes":\[("[^\]]*")\]/g],
];

export function createCanaries(): Canaries {
  const canaries = new Map<string, Canary>();
  const add = (name: string, value: string | undefined, owner: Owner) => {
    if (!value) throw new Error(`There is no ${name}.`);
    const bytes = Buffer.from(value);
    const spellings = [
      value,
      encodeURIComponent(value),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/.?=*$/, ''),
      bytes.toString('base64url').slice(0, -1),
    ];
    canaries.set(value, { name, owner, spellings: [...new Set(spellings)] });
  };
  return {
    add,
    collect: (text) => {
      for (const [name, pattern, owner = 'caller'] of handed) {
        for (const [whole, part = whole] of text.matchAll(pattern)) {
          const values = name === 'backup code' ? part.split(',').map((code) => code.replaceAll('"', '')) : [part];
          for (const value of values) if (!canaries.has(value)) add(name, value, owner);
        }
      }
    },
    get size() {
      return canaries.size;
    },
    find: (text, ...owners) => [
      ...new Set(
        [...canaries.values()]
          .filter(
            (canary) => (!owners.length || owners.includes(canary.owner)) && canary.spellings.some((spelling) => text.includes(spelling)),
          )
          .map(({ name }) => name),
      ),
    ],
  };
}
