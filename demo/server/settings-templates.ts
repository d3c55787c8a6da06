/** The templates of the settings file, which the file decides on at every start; the Backend API shows them and leaves them alone. */
import type { Dependencies } from './dependencies.ts';
import { tokenClockSkew, tokenLifetime } from './domain/session-token.ts';
import { keepSettingsTemplates } from './store/jwt-templates.ts';
import type { SettingsTemplate } from './store/jwt-templates.ts';

/** No template may be called so: a name has no space. */
const sessionTokenName = 'session token';

export async function storeSettingsTemplates({
  database,
  settings,
  now,
}: Pick<Dependencies, 'database' | 'settings' | 'now'>): Promise<void> {
  const templates: SettingsTemplate[] = settings.jwtTemplates.map(({ name, claims, lifetime, allowedClockSkew }) => ({
    name,
    claims,
    lifetime,
    allowed_clock_skew: allowedClockSkew,
    origin: 'settings',
  }));
  const { claims } = settings.sessionToken;
  if (Object.keys(claims).length) {
    templates.push({
      name: sessionTokenName,
      claims,
      lifetime: tokenLifetime,
      allowed_clock_skew: tokenClockSkew,
      origin: 'session_token',
    });
  }
  await keepSettingsTemplates(database, templates, now());
}
