/** Who may use the Backend API: holders of a secret key, sent as `Authorization: Bearer sk_…` and in no other way (security.md, S3). */
import type { MiddlewareHandler } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';

/** Lets requests with a secret key of this instance through; all others get 401. */
export function requireSecretKey({ keys }: Pick<Dependencies, 'keys'>): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const key = /^Bearer ([!-~]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (key === undefined) {
      // The founding document's curl command forgets the word, and the hosted service refuses it too.
      throw new ApiError(401, {
        code: 'authorization_header_format_invalid',
        message: 'Invalid Authorization header format',
        longMessage: 'Send the secret key as "Authorization: Bearer sk_…", with the word Bearer in front of it.',
      });
    }
    if (!keys.acceptsSecretKey(key)) {
      throw new ApiError(401, {
        code: 'clerk_key_invalid',
        message: 'The provided Clerk Secret Key is invalid',
        longMessage: 'The secret key is not one of this instance. "npm start" prints the right one.',
      });
    }
    await next();
  };
}
