/**
 * `npm run dev`: the local API, built and started again after each change of `src/` or `demo/`. The browser files come with
 * source maps. A mistake is shown and waits for the next change.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBrowserFiles } from './build/bundle.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
/** Milliseconds without a change after which a burst of changes is over. */
const quiet = 100;

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;

async function stop() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

async function restart() {
  try {
    await buildBrowserFiles({ root, sourceMaps: true });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return;
  }
  await stop();
  server = spawn(process.execPath, ['--import', 'tsx', 'demo/server/main.ts'], { cwd: root, stdio: 'inherit' });
}

let running = restart();
/** @type {NodeJS.Timeout | undefined} */
let timer;
for (const folder of ['src', 'demo']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(restart)), quiet);
  });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    void running.then(stop).then(() => process.exit(0));
  });
}
