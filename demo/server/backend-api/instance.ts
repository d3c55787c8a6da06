/** `/v1/instance` (dossier part 2, §6.8): what the settings say, which change with their file alone; and restrictions, which change here. */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findRestrictions, restrictionNames, storeRestrictions } from '../store/access-identifiers.ts';
import { readBody } from './body.ts';

/** They would need lists of hosts and rules of their own, which this server does not have. */
const unsupported = ['block_disposable_email_domains', 'ignore_dots_for_gmail_addresses'];

export function createInstanceRoutes({ database, keys, instanceType, settings }: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  app.get('/', (c) =>
    c.json({
      object: 'instance',
      id: keys.instanceId,
      environment_type: instanceType,
      allowed_origins: settings.allowedOrigins,
      // Nobody owns this instance but whoever runs the server.
      workspace_id: null,
    }),
  );
  app.patch('/restrictions', async (c) => {
    const body = await readBody(c);
    for (const name of unsupported) {
      if (body.flag(name)) throw parameterError('form_param_value_invalid', name, `${name} is not supported by the local API.`);
    }
    const restrictions = { ...(await findRestrictions(database)) };
    for (const name of restrictionNames) restrictions[name] = body.flag(name) ?? restrictions[name];
    await storeRestrictions(database, restrictions);
    return c.json({ object: 'instance_restrictions', ...restrictions });
  });
  return app;
}
