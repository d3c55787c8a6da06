/** `/v1/testing_tokens`: tokens that end-to-end tests send with their requests (dossier part 2, §6.6, §7). */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { createTestingToken } from '../domain/testing-tokens.ts';
import { ApiError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';

export function createTestingTokenRoutes({ keys, now, settings }: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  app.post('/', (c) => {
    if (!settings.testMode) {
      throw new ApiError(403, {
        code: 'feature_not_enabled',
        message: 'Not enabled',
        longMessage: 'Testing tokens are for instances in test mode: set test_mode in the instance settings of a test instance.',
      });
    }
    const { token, expiresAt } = createTestingToken(keys.codeKey, now());
    return c.json({ object: 'testing_token', token, expires_at: Math.floor(expiresAt / 1000) });
  });
  return app;
}
