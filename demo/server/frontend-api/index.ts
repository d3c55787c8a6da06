/** The Frontend API: its routes carry their whole paths (`/v1/client`, `/.well-known/jwks.json`). */
import type { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { createOriginCheck } from '../origins.ts';
import type { AppEnvironment } from '../request-context.ts';
import { clientHandlers } from './client.ts';
import { devBrowserHandlers } from './dev-browser.ts';
import { environmentHandlers } from './environment.ts';
import { externalAccountHandlers } from './external-accounts.ts';
import { addHandshake } from './handshake.ts';
import { passkeyHandlers } from './passkeys.ts';
import { passwordHandlers } from './password.ts';
import { reverificationHandlers } from './reverification.ts';
import { addTicketAcceptance } from './accept-ticket.ts';
import { addLinkVerification } from './verify-link.ts';
import { emailAddressHandlers, phoneNumberHandlers } from './identifications.ts';
import { addOAuthCallback } from './oauth-callback.ts';
import { addEndpoints, createFrontendApp } from './router.ts';
import { ownSessionHandlers, sessionHandlers } from './sessions.ts';
import { signInHandlers } from './sign-ins.ts';
import { signUpHandlers } from './sign-ups.ts';
import { tokenHandlers } from './tokens.ts';
import { totpHandlers } from './totp.ts';
import { addTouchRedirect } from './touch-redirect.ts';
import { userHandlers } from './user.ts';
import { waitlistHandlers } from './waitlist.ts';

const handlers = {
  ...devBrowserHandlers,
  ...environmentHandlers,
  ...clientHandlers,
  ...signInHandlers,
  ...signUpHandlers,
  ...sessionHandlers,
  ...ownSessionHandlers,
  ...tokenHandlers,
  ...userHandlers,
  ...passwordHandlers,
  ...totpHandlers,
  ...passkeyHandlers,
  ...reverificationHandlers,
  ...waitlistHandlers,
  ...emailAddressHandlers,
  ...phoneNumberHandlers,
  ...externalAccountHandlers,
};

export function createFrontendApi(context: Dependencies): Hono<AppEnvironment> {
  const app = createFrontendApp();
  const isAllowed = createOriginCheck(context);
  app.get('/.well-known/jwks.json', async (c) => c.json(await context.keys.jwks()));
  addHandshake(app, context, isAllowed);
  addOAuthCallback(app, context, isAllowed);
  addTouchRedirect(app, context, isAllowed);
  addTicketAcceptance(app, context, isAllowed);
  addLinkVerification(app, context, isAllowed);
  addEndpoints(app, { context, handlers, isAllowed });
  return app;
}
