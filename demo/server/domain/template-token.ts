/** Tokens for other services, made from a template (dossier part 1, §6.4). */
import { claimValues } from '../present/claim-values.ts';
import type { JwtTemplate } from '../store/jwt-templates.ts';
import { defaultClaims, issuerOf } from './session-token.ts';
import type { TokenContext, TokenSubject } from './session-token.ts';
import { evaluateClaims } from './shortcodes.ts';
import { signWithKey } from './signing-keys.ts';

/** Says in the header `cat` that no backend must take this for a session token. */
const templateCategory = 'cl_B7d4PD222AAA';

/** Signs a token with the claims of the template and the few that every token has: nothing in it belongs to the session. */
export async function createTemplateToken(
  context: TokenContext,
  template: JwtTemplate,
  { user, lifetime = template.lifetime, ...subject }: TokenSubject,
): Promise<string> {
  const own = defaultClaims(
    { ...subject, lifetime, clockSkew: template.allowed_clock_skew },
    { issuer: issuerOf(context), now: context.now() },
  );
  const claims = { ...evaluateClaims(template.claims, claimValues({ user, session: subject.session }, context)), ...own };
  const { signing_key: key, signing_algorithm: algorithm } = template;
  return key === null ? context.keys.sign(claims, { cat: templateCategory }) : signWithKey(claims, { algorithm, key }, templateCategory);
}
