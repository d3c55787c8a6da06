/**
 * A further file: fetched once, again after a failure.
 * @param retry imports it by another address: Firefox never repeats a failed import of the same one
 * @returns what fetches it, and what gives it if it is there
 */
export function furtherFile<File>(load: () => Promise<File>, retry: () => Promise<unknown>) {
  let fetched: File | undefined;
  return [async () => (fetched ??= await load().catch(retry as typeof load)), () => fetched] as const;
}
