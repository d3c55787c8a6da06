/** React applications as a page's own bundler would make them. */
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** One module, whole. @param options what is bundled, and for what */
export async function bundleReact(options: BuildOptions, mode: 'production' | 'development' = 'production'): Promise<string> {
  const { outputFiles } = await build({
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    jsx: 'automatic',
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    ...options,
    write: false,
  });
  return outputFiles[0]!.text;
}
