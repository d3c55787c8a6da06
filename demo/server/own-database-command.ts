/** What the commands about the API's own database have in common. */
import { StartError } from './start-error.ts';

/**
 * The data folder and the one argument of the command.
 * @param alternative what does it where the database is a server of the user's
 * @throws StartError
 */
export function ofOwnDatabase({ usage, alternative }: { usage: string; alternative: string }): { folder: string; argument: string } {
  const { DATABASE_URL: url, DATA_DIR: folder = '.data' } = process.env;
  if (url) throw new StartError(`DATABASE_URL names a database of yours: use ${alternative} (docs/operations.md).`);
  const [argument, ...more] = process.argv.slice(2);
  if (!argument || more.length) throw new StartError(`Usage: ${usage}`);
  return { folder, argument };
}

/** Prints what came of it; what went wrong goes to stderr as a sentence, and the process ends with 1. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await command()}\n`);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}
