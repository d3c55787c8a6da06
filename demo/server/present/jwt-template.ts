/** Templates as backends see them (dossier part 2, §6.8). A key can be written, never read. */
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import type { JwtTemplate } from '../store/jwt-templates.ts';

export interface JwtTemplateJSON {
  object: 'jwt_template';
  id: string;
  name: string;
  claims: JsonObject;
  lifetime: number;
  allowed_clock_skew: number;
  custom_signing_key: boolean;
  signing_algorithm: string;
  created_at: number;
  updated_at: number;
}

export function presentJwtTemplate(template: JwtTemplate): JwtTemplateJSON {
  return {
    object: 'jwt_template',
    id: template.id,
    name: template.name,
    claims: template.claims,
    lifetime: template.lifetime,
    allowed_clock_skew: template.allowed_clock_skew,
    custom_signing_key: template.signing_key !== null,
    signing_algorithm: template.signing_algorithm,
    created_at: template.created_at,
    updated_at: template.updated_at,
  };
}
