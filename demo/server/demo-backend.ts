/** The backend of `demo/backend.html`, on the address of the demo's pages (docs/decisions/0006-demo-backend.md). */
import type { BackendOptions } from '../backend/app.ts';

export type DemoBackend = (request: Request) => Promise<Response>;

/**
 * Gives the backend what one of yours would have, its keys and the address of the Backend API, and nothing else of this server. It is
 * loaded when somebody first calls it: most who start the local API have a backend of their own.
 */
export function createDemoBackend(options: BackendOptions): DemoBackend {
  let app: Promise<{ fetch(request: Request): Response | Promise<Response> }> | undefined;
  return async (request) => {
    app ??= import('../backend/app.ts').then(({ createBackend }) => createBackend(options));
    return (await app).fetch(request);
  };
}
