/** `npm run rotate-keys`: hands signing over to a new key (docs/operations.md). Servers on the same database go on meanwhile. */
import { parseArgs } from 'node:util';
import { createId } from './ids.ts';
import { createSigningKey, longestKeyAge } from './key-ring.ts';
import { createLog } from './log.ts';
import { StartError } from './start-error.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { reachDatabase } from './store/reach-database.ts';
import { addSigningKey, replaceSigningKeys } from './store/signing-keys.ts';

/** Seconds: backends of Clerk's keep the published keys for five minutes. */
const usualLead = 600;
/** Seconds: by then every server knows the key, whatever its clock says. */
const shortestLead = (2 * longestKeyAge) / 1000;

interface Order {
  /** Seconds until the new key signs. */
  lead: number;
  /** The present keys are in wrong hands: nothing that they have signed may count any more. */
  isLeaked: boolean;
}

/** @throws StartError for anything but the two options. */
function readOrder(given: string[]): Order {
  const usage = `npm run rotate-keys [-- --in <seconds>] or npm run rotate-keys -- --leaked`;
  let values: { in?: string | undefined; leaked?: boolean | undefined };
  try {
    ({ values } = parseArgs({ args: given, options: { in: { type: 'string' }, leaked: { type: 'boolean' } } }));
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : ''}\n${usage}`);
  }
  const lead = values.in ?? String(usualLead);
  if (!/^\d{1,7}$/.test(lead) || Number(lead) < shortestLead) {
    throw new StartError(`--in: expected ${shortestLead} seconds or more, so that all know the new key before it is used, got ${lead}.`);
  }
  return { lead: Number(lead), isLeaked: values.leaked ?? false };
}

/** @returns what to tell. @throws StartError if a new key waits already. */
async function rotate(database: Database, { lead, isLeaked }: Order): Promise<string> {
  const now = Date.now();
  const key = await createSigningKey(createId('ins'));
  if (isLeaked) {
    await replaceSigningKeys(database, key, now);
    return `The key ${key.id} signs within a minute. The former ones are gone: tokens that they have signed are refused, and pages ask for new ones.`;
  }
  const activatedAt = now + lead * 1000;
  const waiting = await addSigningKey(database, key, { now, activatedAt });
  if (waiting) {
    throw new StartError(`The key ${waiting.id} is published and signs from ${timeOf(waiting.activated_at)} on. Nothing was changed.`);
  }
  return `The key ${key.id} is published within a minute and signs from ${timeOf(activatedAt)} on. The former one verifies for a day after that.`;
}

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString();

const noSuchTable = '42P01';

try {
  const order = readOrder(process.argv.slice(2));
  const { DATABASE_URL: url, DATA_DIR: folder = '.data' } = process.env;
  const reached = await reachDatabase({ url, folder, log: createLog('warn') });
  const { database, close } = openDatabase(reached.address);
  try {
    process.stdout.write(`${await rotate(database, order)}\n`);
  } finally {
    await close();
    await reached.close();
  }
} catch (error) {
  const isEmpty = error instanceof Error && 'code' in error && error.code === noSuchTable;
  if (isEmpty) console.error('This database holds no keys yet. Start the server on it once.');
  else console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
