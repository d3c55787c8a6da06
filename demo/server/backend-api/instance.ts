/** `/v1/instance` (dossier part 2, §6.8): what the settings say. They change with their file alone. */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import type { AppEnvironment } from '../request-context.ts';

export function createInstanceRoutes({ keys, instanceType, settings }: Dependencies): Hono<AppEnvironment> {
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
  return app;
}
