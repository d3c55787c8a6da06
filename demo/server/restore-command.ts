/** `npm run restore -- <folder>`: puts a backup in the place of the API's own database, while no server runs on it (docs/operations.md). */
import { createLog } from './log.ts';
import { ofOwnDatabase, runCommand } from './own-database-command.ts';
import { restore } from './store/restore.ts';

await runCommand(async () => {
  const { folder, argument: backup } = ofOwnDatabase({ usage: 'npm run restore -- <folder>', alternative: 'pg_restore' });
  const { users, former } = await restore({ backup, folder, log: createLog('warn') });
  const lines = [`Restored to ${folder}: ${users} ${users === 1 ? 'user' : 'users'}. Start the server.`];
  if (former) lines.push(`The former database is in ${former}. Remove it when you are sure.`);
  return lines.join('\n');
});
