/** The Backend API (dossier part 2, §6): JSON for backends that hold a secret key, without CORS, on a port of its own. */
import { Hono } from 'hono';
import { readApiVersion } from '../api-version.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkRate } from '../domain/rate-limit.ts';
import type { AppEnvironment } from '../request-context.ts';
import { createAccessRoutes } from './access-identifiers.ts';
import { requireSecretKey } from './authentication.ts';
import { createClientRoutes } from './clients.ts';
import { createInvitationRoutes } from './invitations.ts';
import { createIdentificationRoutes } from './identifications.ts';
import { createInstanceRoutes } from './instance.ts';
import { createJwtTemplateRoutes } from './jwt-templates.ts';
import { createSessionRoutes } from './sessions.ts';
import { createActorTokenRoutes, createSignInTokenRoutes } from './sign-in-tokens.ts';
import { createTestingTokenRoutes } from './testing-tokens.ts';
import { createUnsupportedRoutes } from './unsupported.ts';
import { createUserRoutes } from './users.ts';
import { createWaitlistRoutes } from './waitlist-entries.ts';

/** Its routes carry their whole paths. Unknown ones fall through to the 404 of `app.ts`, after the check of the key. */
export function createBackendApi(dependencies: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  app.use('/v1/*', async (c, next) => {
    await checkRate(dependencies, 'backendApi', c.get('clientAddress'));
    await next();
  });
  app.use('/v1/*', requireSecretKey(dependencies));
  app.use('/v1/*', async (c, next) => {
    // A wrong version is refused everywhere, not only where versions differ.
    readApiVersion(c);
    await next();
  });
  app.get('/v1/jwks', async (c) => c.json(await dependencies.keys.jwks()));
  app.route('/v1/users', createUserRoutes(dependencies));
  app.route('/v1/email_addresses', createIdentificationRoutes(dependencies, 'email_address'));
  app.route('/v1/phone_numbers', createIdentificationRoutes(dependencies, 'phone_number'));
  app.route('/v1/sessions', createSessionRoutes(dependencies));
  app.route('/v1/clients', createClientRoutes(dependencies));
  app.route('/v1/jwt_templates', createJwtTemplateRoutes(dependencies));
  app.route('/v1/sign_in_tokens', createSignInTokenRoutes(dependencies));
  app.route('/v1/actor_tokens', createActorTokenRoutes(dependencies));
  app.route('/v1/invitations', createInvitationRoutes(dependencies));
  app.route('/v1/waitlist_entries', createWaitlistRoutes(dependencies));
  app.route('/v1/allowlist_identifiers', createAccessRoutes(dependencies, 'allowlist'));
  app.route('/v1/blocklist_identifiers', createAccessRoutes(dependencies, 'blocklist'));
  app.route('/v1/testing_tokens', createTestingTokenRoutes(dependencies));
  app.route('/v1/instance', createInstanceRoutes(dependencies));
  app.route('/v1', createUnsupportedRoutes());
  // SDKs call some of them without a version, and with other keys than ours.
  app.route('/', createUnsupportedRoutes());
  return app;
}
