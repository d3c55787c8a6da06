/** Milliseconds: longer than a read with all its repeats, shorter than a test may take. */
const patience = 12_000;

/**
 * Waits until `check` gives something true; it is asked again at every frame.
 * @param what for the failure: what did not happen
 */
export async function until<Value>(
  check: () => Value,
  what: string | (() => string) = () => String(check),
): Promise<Exclude<Value, null | undefined | false | '' | 0>> {
  const deadline = performance.now() + patience;
  for (;;) {
    const value = check();
    if (value) return value as Exclude<Value, null | undefined | false | '' | 0>;
    if (performance.now() > deadline) {
      const page = [...document.querySelectorAll('clerk-sign-in, clerk-sign-up, clerk-unsafe-field')].map((element) => element.textContent);
      throw new Error(`Did not happen: ${typeof what === 'string' ? what : what()}. ${page.join('\n')}`);
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
