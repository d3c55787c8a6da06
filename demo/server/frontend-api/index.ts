/** The Frontend API: its routes carry their whole paths (`/v1/client`, `/.well-known/jwks.json`). */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import type { AppEnvironment } from '../request-context.ts';

export function createFrontendApi({ keys }: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  app.get('/.well-known/jwks.json', async (c) => c.json(await keys.jwks()));
  return app;
}
