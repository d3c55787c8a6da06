/** `npm run backup -- <folder>`: copies the API's own database, while servers run on it or while none does (docs/operations.md). */
import { join, resolve } from 'node:path';
import { createLog } from './log.ts';
import { StartError } from './start-error.ts';
import { backUp } from './store/backup.ts';
import { reachDatabase } from './store/reach-database.ts';
import { ofOwnDatabase, runCommand } from './own-database-command.ts';

await runCommand(async () => {
  const { folder, argument: target } = ofOwnDatabase({ usage: 'npm run backup -- <folder>', alternative: 'pg_dump' });
  const { address, close } = await reachDatabase({ url: undefined, folder, log: createLog('warn') });
  try {
    const { madeAt } = await backUp(address, join(resolve(folder), 'postgres'), target);
    return `The backup of ${madeAt} is in ${resolve(target)}. It holds keys and private metadata: keep it as safe as the database.`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === '42P01') throw new StartError(`The database in ${folder} is empty. Start the server on it once.`);
    throw error;
  } finally {
    await close();
  }
});
