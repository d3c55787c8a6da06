/** Fetches further files from beside the core's own: those of the UI, and the core's methods. */
import type { MethodsModule } from '../resources/fetched-methods.ts';
import type { ElementModule, UserInterfaceLoader, UserInterfaceModule } from './clerk-api.ts';

/** Names in the table of files: the UI entry, and methods of the core. */
const uiName = 'ui';
const methodsName = 'methods';

/** A file, and what its content must be. */
export interface Pin {
  file: string;
  integrity: string;
}

export interface FileLoaderOptions {
  /** Address of the folder, with a slash at its end. */
  base: string;
  /** The UI entry, the methods, and the file of each tag that has one of its own. */
  files: Record<string, string>;
  /**
   * Given where the page has pinned the core by `integrity`: a file with the `integrity` of all others. It is checked itself, and then every
   * file is, before anything of it runs.
   */
  pins?: Pin | undefined;
}

/** The loader of the UI, which the core's methods come by too. */
export interface FileLoader extends UserInterfaceLoader {
  fetchMethods(): Promise<MethodsModule>;
}

/** A failed file is fetched again at the next call, under another address: some browsers remember failures. */
export function createFileLoader({ base, files, pins }: FileLoaderOptions): FileLoader {
  const failures: Record<string, number> = {};
  const kept: Record<string, Promise<unknown>> = {};

  const load = async (name: string): Promise<unknown> => {
    const file = files[name]!;
    const count = failures[name] ?? 0;
    const fetchFrom = async (address: string) => import(pins ? await blobOf(file, address) : address) as Promise<unknown>;
    try {
      // The plain address first, also the second time: files beside this one import it by that name.
      return await fetchFrom(base + file).catch((error: unknown) => {
        if (!count) throw error;
        return fetchFrom(`${base}${file}?r=${count}`);
      });
    } catch (error) {
      failures[name] = count + 1;
      throw error;
    }
  };

  /** Makes something once, unless that fails. */
  const once = <Result>(name: string, make: () => Promise<Result>): Promise<Result> => {
    const made = (kept[name] ??= make()) as Promise<Result>;
    made.catch(() => delete kept[name]);
    return made;
  };

  const fetchChecked = (url: string, integrity: string) => fetch(url, { integrity, credentials: 'omit' });

  /** No browser checks modules that are imported; the content of a blob was checked when it was fetched (security.md, B12). */
  const blobOf = (file: string, url: string): Promise<string> =>
    once(file, async () => {
      const { file: list, integrity } = pins!;
      const integrities = await once(
        list,
        async () => (await fetchChecked(base + list, integrity)).json() as Promise<Record<string, string>>,
      );
      let text = await (await fetchChecked(url, integrities[file]!)).text();
      // A blob has no folder: what is imported from a file beside must be named in full.
      for (const other in integrities) {
        const specifier = `./${other}`;
        if (text.includes(specifier)) text = text.replaceAll(specifier, await blobOf(other, base + other));
      }
      return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    });

  return {
    loadUserInterface: () => load(uiName) as Promise<UserInterfaceModule>,
    fetchMethods: () => load(methodsName) as Promise<MethodsModule>,
    loadElement: (tag) => (Object.hasOwn(files, tag) ? (load(tag) as Promise<ElementModule>) : undefined),
  };
}
