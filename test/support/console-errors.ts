/** What is said on the console as an error while `action` runs; it is kept from the real one. */
export async function consoleErrors(action: () => unknown): Promise<string[]> {
  const real = console.error;
  const errors: string[] = [];
  console.error = (...items) => void errors.push(items.map(String).join(' '));
  try {
    await action();
    return errors;
  } finally {
    console.error = real;
  }
}
