/**
 * A small backend, as behind a page of yours: it knows who calls by the session token, and writes what the page may not write. It uses
 * Clerk's own `@clerk/backend` and nothing of this project, so it can be copied: with keys of the hosted service it works there.
 */
import { createClerkClient } from '@clerk/backend';
import { Hono } from 'hono';
import { readBody } from './body.ts';
import { createCallerCheck } from './caller.ts';
import type { BackendEnvironment } from './caller.ts';
import { decideRole, readStripeId } from './decisions.ts';
import { refuse, Refusal } from './refusal.ts';

/** What a backend of yours would find in its environment. */
export interface BackendOptions {
  /** `CLERK_SECRET_KEY`. It stays here: no answer and no page has it. */
  secretKey: string;
  /** `CLERK_PUBLISHABLE_KEY` */
  publishableKey: string;
  /** `CLERK_API_URL`: the Backend API; left out, the hosted one. */
  apiUrl?: string;
  /** Told of what nobody expected. */
  report: (error: unknown) => void;
}

const numberOfKeys = (document: object | null) => Object.keys(document ?? {}).length;

/**
 * | Route | What it does |
 * | --- | --- |
 * | `GET /api/me` | what this backend sees of the caller; of private metadata only how many keys there are |
 * | `POST /api/role` `{ role }` | writes `publicMetadata.role`, if the caller may have that role |
 * | `POST /api/customer` `{ stripeId }` | writes `privateMetadata.stripeId`, and never tells it again |
 * | `DELETE /api/customer` | removes that key |
 */
export function createBackend({ report, ...options }: BackendOptions): Hono<BackendEnvironment> {
  const clerk = createClerkClient({ ...options, telemetry: { disabled: true } });
  const app = new Hono<BackendEnvironment>();
  app.use(createCallerCheck(clerk));

  app.get('/api/me', async (c) => {
    const user = await clerk.users.getUser(c.var.userId);
    return c.json({
      userId: user.id,
      // Known without asking anybody: it came with the request.
      sessionClaims: { metadata: c.var.claims.metadata },
      publicMetadata: user.publicMetadata,
      privateMetadata: { storedKeys: numberOfKeys(user.privateMetadata) },
      unsafeMetadata: user.unsafeMetadata,
    });
  });

  app.post('/api/role', async (c) => {
    const role = decideRole(await readBody(c.req));
    const user = await clerk.users.updateUserMetadata(c.var.userId, { publicMetadata: { role } });
    return c.json({ publicMetadata: user.publicMetadata });
  });

  app.post('/api/customer', async (c) => {
    const stripeId = readStripeId(await readBody(c.req));
    const user = await clerk.users.updateUserMetadata(c.var.userId, { privateMetadata: { stripeId } });
    return c.json({ storedKeys: numberOfKeys(user.privateMetadata) });
  });

  app.delete('/api/customer', async (c) => {
    // In a merge `null` removes a key.
    const user = await clerk.users.updateUserMetadata(c.var.userId, { privateMetadata: { stripeId: null } });
    return c.json({ storedKeys: numberOfKeys(user.privateMetadata) });
  });

  app.notFound(() => refuse(404, 'There is nothing here.'));
  app.onError((error) => {
    if (error instanceof Refusal) return refuse(error.status, error.message);
    // What Clerk has answered may speak of values that the page must not see.
    report(error);
    return refuse(502, 'The backend could not reach Clerk. Try again.');
  });
  return app;
}
