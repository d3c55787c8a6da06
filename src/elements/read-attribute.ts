/**
 * What `parse` makes of a text that a page has written; `undefined` where it cannot be read. That is a mistake of the page, and whoever visits it can
 * do nothing about it: the console tells.
 */
export function readAttribute<Meaning>(
  element: Element,
  parse: (text: string) => Meaning,
  text: string | null | undefined,
): Meaning | undefined {
  try {
    return parse(text ?? '');
  } catch (error) {
    console.error(`<${element.localName}>: ${(error as Error).message}`);
    return undefined;
  }
}
