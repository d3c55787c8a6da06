/** A module of the TypeScript sources, in a Node that reads JavaScript only. */
import { build } from 'esbuild';

/**
 * @param {string} path absolute
 * @returns {Promise<any>} its exports
 */
export async function importSource(path) {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false, logLevel: 'silent' });
  const [file] = outputFiles;
  if (!file) throw new Error(`${path} gave no module.`);
  return import(`data:text/javascript,${encodeURIComponent(file.text)}`);
}
