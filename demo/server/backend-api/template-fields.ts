/** What `POST` and `PATCH /v1/jwt_templates` set (dossier part 2, §6.8). */
import {
  claimsProblems,
  findClaimsProblems,
  isTemplateName,
  templateClockSkew,
  templateLifetime,
  templateNameRule,
} from '../domain/claim-rules.ts';
import { parseMetadata } from '../domain/metadata.ts';
import { signingAlgorithms, signingKeyProblem } from '../domain/signing-keys.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { JwtTemplate, TemplateFields } from '../store/jwt-templates.ts';
import type { Body } from './body.ts';

/** Characters of a signing key: far more than any PEM of a usual size has. */
const longestKey = 16_384;

/**
 * Reads a template; name and claims must be there. Of the rest, what is missing stays as it is stored, and `null` means the default.
 * @throws ApiError 400 `jwt_template_reserved_claim`, 422.
 */
export async function readTemplate(body: Body, stored?: JwtTemplate): Promise<TemplateFields> {
  return {
    name: readName(body),
    claims: readClaims(body),
    lifetime: readSeconds(body, 'lifetime', templateLifetime, stored?.lifetime),
    allowed_clock_skew: readSeconds(body, 'allowed_clock_skew', templateClockSkew, stored?.allowed_clock_skew),
    ...(await readSigningKey(body, stored)),
  };
}

function readName(body: Body): string {
  const name = body.text('name');
  if (!name) throw parameterError('form_param_missing', 'name', 'name must be included.');
  if (!isTemplateName(name)) throw parameterError('form_param_format_invalid', 'name', `name takes ${templateNameRule}.`);
  return name;
}

function readClaims(body: Body): TemplateFields['claims'] {
  const value = body.raw('claims');
  if (value === undefined || value === null) throw parameterError('form_param_missing', 'claims', 'claims must be included.');
  const claims = parseMetadata(value, 'claims');
  const [problem] = findClaimsProblems(claims);
  if (problem?.kind === 'reserved_claim') {
    throw new ApiError(400, {
      code: 'jwt_template_reserved_claim',
      message: 'reserved claim used',
      longMessage: `You can't use the reserved claim: '${String(problem.path[0])}'`,
      meta: { param_name: 'claims' },
    });
  }
  if (problem) throw parameterError('form_param_value_invalid', 'claims', `${claimsProblems[problem.kind]}.`);
  return claims;
}

/** `stored` is what a missing value leaves as it is. */
function readSeconds(body: Body, name: string, range: typeof templateLifetime, stored = range.default): number {
  const value = body.wholeNumber(name);
  if (value === undefined) return stored;
  if (value === null) return range.default;
  if (value >= range.minimum && value <= range.maximum) return value;
  throw parameterError('form_param_value_invalid', name, `${name} must be from ${range.minimum} to ${range.maximum} seconds.`);
}

async function readSigningKey(body: Body, stored?: JwtTemplate): Promise<Pick<TemplateFields, 'signing_algorithm' | 'signing_key'>> {
  const hadOwn = stored !== undefined && stored.signing_key !== null;
  const givenAlgorithm = body.text('signing_algorithm');
  const givenKey = body.text('signing_key', longestKey);
  if (!(body.flag('custom_signing_key') ?? hadOwn)) {
    // Signing with another key than the caller has given would be found out by the service that checks, and nobody else.
    if (givenKey) throw needsFlag('signing_key');
    if (givenAlgorithm && givenAlgorithm !== 'RS256') throw needsFlag('signing_algorithm');
    return { signing_algorithm: 'RS256', signing_key: null };
  }
  const algorithm = givenAlgorithm ?? (hadOwn ? stored.signing_algorithm : undefined);
  const key = givenKey ?? (algorithm === stored?.signing_algorithm ? stored?.signing_key : undefined);
  if (!algorithm) throw missing('signing_algorithm');
  if (!signingAlgorithms.includes(algorithm)) {
    throw parameterError(
      'form_param_value_invalid',
      'signing_algorithm',
      `signing_algorithm must be one of ${signingAlgorithms.join(', ')}.`,
    );
  }
  if (!key) throw missing('signing_key');
  const problem = await signingKeyProblem({ algorithm, key });
  if (problem !== undefined) throw parameterError('form_param_value_invalid', 'signing_key', `signing_key ${problem}`);
  return { signing_algorithm: algorithm, signing_key: key };
}

const missing = (name: string) =>
  parameterError('form_conditional_param_missing', name, `\`${name}\` is required when \`custom_signing_key\` is \`true\`.`);
const needsFlag = (name: string) =>
  parameterError('form_param_value_invalid', name, `${name} is used when custom_signing_key is true, and only then.`);
