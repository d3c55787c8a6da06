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
  const blobs = new Map<string, Promise<string>>();

  const load = async (name: string): Promise<unknown> => {
    const entry = files[name];
    if (!entry) throw new Error(`There is no file for "${name}".`);
    const count = failures[name] ?? 0;
    const url = base + entry.file;
    const fetchFrom = async (address: string) => import(isPinned ? await blobOf(name, address, entry.integrity) : address) as Promise<unknown>;
    try {
      // The plain address first, also the second time: files beside this one import it by that name.
      return await (count ? fetchFrom(url).catch(() => fetchFrom(`${url}?r=${count}`)) : fetchFrom(url));
    } catch (cause) {
      failures[name] = count + 1;
      blobs.delete(name);
      throw new Error(`${url}: ${cause instanceof Error ? cause.message : 'failed'}`, { cause });
    }
  };

  /** No browser checks modules that are imported; the content of a blob was checked when it was fetched (security.md, B12). */
  const blobOf = (name: string, url: string, integrity: string): Promise<string> => {
    const make = async () => {
      const response = await fetch(url, { integrity, credentials: 'omit' });
      let text = await response.text();
      const ui = files[uiName];
      // A blob has no folder: what is imported from the file beside must be named in full.
      if (name !== uiName && ui) text = text.replaceAll(`./${ui.file}`, await blobOf(uiName, base + ui.file, ui.integrity));
      return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    };
    let blob = blobs.get(name);
    if (!blob) blobs.set(name, (blob = make()));
    return blob;
  };

  return {
    loadUserInterface: () => load(uiName) as Promise<UserInterfaceModule>,
    loadElement: (tag) => (Object.hasOwn(files, tag) ? (load(tag) as Promise<ElementModule>) : undefined),
  };
}
