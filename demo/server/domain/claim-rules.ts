/** Which claims an instance may add to session tokens and templates: the rules of the settings file and of the Backend API. */
import type { JsonObject } from '../../../src/rules/merge-patch.ts';

/**
 * Claims that the server alone makes (dossier part 2, §1.10). Those of the session are refused in templates too: to a backend that
 * looks at nothing but claims, such a token would be a session's.
 */
export const reservedClaims = [
  'azp',
  'exp',
  'fva',
  'iat',
  'iss',
  'jti',
  'nbf',
  'sid',
  'sub',
  'v',
  'pla',
  'fea',
  'sts',
  'o',
  'act',
] as const;

/** Seconds that a token from a template lives, and by how much its start is set back for clocks that are behind. */
export const templateLifetime = { minimum: 30, maximum: 315_360_000, default: 60 };
export const templateClockSkew = { minimum: 0, maximum: 300, default: 5 };

/** A template's name is part of an address: `/tokens/supabase`. */
export const isTemplateName = (name: string): boolean => /^[\w-]{1,64}$/.test(name);
export const templateNameRule = 'letters, digits, _ and -, at most 64';

/** What is wrong with a document of claims, where in it, and what stands there. */
export interface ClaimsProblem {
  kind: 'reserved_claim' | 'private_metadata';
  path: (string | number)[];
  value: unknown;
}

/** For people; without the place. */
export const claimsProblems: Record<ClaimsProblem['kind'], string> = {
  reserved_claim: 'reserved claims cannot be set',
  private_metadata: 'private_metadata cannot be named in a claim',
};

/** All problems of a document that `metadataProblem` has found nothing wrong with: iterative all the same. */
export function findClaimsProblems(claims: JsonObject): ClaimsProblem[] {
  const reserved = Object.keys(claims).filter((name) => (reservedClaims as readonly string[]).includes(name));
  const problems: ClaimsProblem[] = reserved.map((name) => ({ kind: 'reserved_claim', path: [name], value: claims[name] }));
  const open: { value: unknown; path: (string | number)[] }[] = [{ value: claims, path: [] }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { value, path } = entry;
    if (typeof value === 'string' && namesPrivateMetadata(value)) problems.push({ kind: 'private_metadata', path, value });
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      open.push({ value: member, path: [...path, Array.isArray(value) ? Number(name) : name] });
    }
  }
  return problems;
}

const privatePath = /(?<![\w.-])user\s*\.\s*private_metadata(?![\w-])/i;

/** Behind the first braces, however the shortcode is spelled: such a path leads nowhere anyway, and whoever wrote it should know. */
const namesPrivateMetadata = (text: string) => text.includes('{{') && privatePath.test(text.slice(text.indexOf('{{')));
