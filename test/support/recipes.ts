/** Code out of a document, so that what people copy is what was run. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Gives the code of a document below a heading, in a language; the first one, if there are more. */
export type FindCode = (heading: string, language: string) => string;

/** @param path from the project's folder */
export async function readRecipes(path: string): Promise<FindCode> {
  const sections = `\n${await readFile(root + path, 'utf8')}`.split(/\n#+ /);
  return (heading, language) => {
    const section = sections.find((text) => text.startsWith(`${heading}\n`));
    const code = section && new RegExp(`^\`\`\`${language}\n([^]*?)\n\`\`\`$`, 'm').exec(section)?.[1];
    if (!code) throw new Error(`${path} has no ${language} code below "${heading}".`);
    return code;
  };
}

/** A program that was started. */
export interface RunningCode {
  /** Resolves with the first line that it prints; rejects with all it said if it ends before. */
  firstLine: Promise<string>;
  /** Resolves once it has ended by itself; rejects with what it said if that was a failure. */
  ended: Promise<void>;
  kill(): void;
}

/** Runs a module, in the project's folder so that it finds its packages; or a command line. */
export function runCode(language: 'js' | 'sh', code: string, environment: Record<string, string>): RunningCode {
  const [command, parameters] =
    language === 'js' ? [process.execPath, ['--input-type=module', '--eval', code]] : ['/bin/sh', ['-e', '-c', code]];
  const child = spawn(command, parameters, { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stderr.on('data', collect);
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      collect(chunk);
      const [line, ...more] = output.split('\n');
      if (more.length) resolve(line!);
    });
    child.once('close', () => reject(new Error(`It ended without a line:\n${output}`)));
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`It ended with ${code}:\n${output}`))));
  });
  // Whoever awaits the one need not await the other.
  firstLine.catch(() => undefined);
  ended.catch(() => undefined);
  return { firstLine, ended, kill: () => void child.kill() };
}
