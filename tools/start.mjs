/** `npm start`: builds the browser files, then is the local API, so that signals reach it directly. */
import { fileURLToPath } from 'node:url';
import { buildBrowserFiles } from './build/bundle.mjs';

try {
  await buildBrowserFiles({ root: fileURLToPath(new URL('../', import.meta.url)) });
} catch (error) {
  console.error(`The browser files could not be built.\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
await import('../demo/server/main.ts');
