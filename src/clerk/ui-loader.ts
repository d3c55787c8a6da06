/** Fetches the UI's files from beside the core's own. */
import type { ElementModule, UserInterfaceLoader, UserInterfaceModule } from './clerk-api.ts';

/** Name of the UI entry in the table of files. */
const uiName = 'ui';

export interface UiLoaderOptions {
  /** Address of the folder, with a slash at its end. */
  base: string;
  files: Record<string, { file: string; integrity: string }>;
  /** The page has pinned the core by `integrity`: then the files are checked too, before anything of them runs. */
  isPinned?: boolean;
}

/** A failed file is fetched again at the next call, under another address: some browsers remember failures. */
export function createUiLoader({ base, files, isPinned = false }: UiLoaderOptions): UserInterfaceLoader {
  const failures: Record<string, number> = {};
  const blobs: Record<string, Promise<string>> = {};

  const load = async (name: string): Promise<unknown> => {
    const { file, integrity } = files[name]!;
    const count = failures[name] ?? 0;
    const fetchFrom = async (address: string) => import(isPinned ? await blobOf(name, address, integrity) : address) as Promise<unknown>;
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

  /** No browser checks modules that are imported; the content of a blob was checked when it was fetched (security.md, B12). */
  const blobOf = (name: string, url: string, integrity: string): Promise<string> => {
    const make = async () => {
      const response = await fetch(url, { integrity, credentials: 'omit' });
      let text = await response.text();
      // A blob has no folder: what is imported from a file beside must be named in full.
      for (const [other, beside] of Object.entries(files)) {
        const specifier = `./${beside.file}`;
        if (text.includes(specifier)) text = text.replaceAll(specifier, await blobOf(other, base + beside.file, beside.integrity));
      }
      return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    };
    const blob = (blobs[name] ??= make());
    blob.catch(() => delete blobs[name]);
    return blob;
  };

  return {
    loadUserInterface: () => load(uiName) as Promise<UserInterfaceModule>,
    loadElement: (tag) => (Object.hasOwn(files, tag) ? (load(tag) as Promise<ElementModule>) : undefined),
  };
}
