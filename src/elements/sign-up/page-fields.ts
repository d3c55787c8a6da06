/** The `<clerk-unsafe-field>`s that a page has put into a card: their values travel with the sign-up. */
import type { JsonObject } from '../../rules/merge-patch.ts';
import { mergePatch } from '../../rules/merge-patch.ts';
import type { ClerkUnsafeFieldElement } from '../unsafe-field/unsafe-field.ts';

/** Their file may still be on its way: until then they are plain elements without values. */
type PageField = HTMLElement & Partial<Pick<ClerkUnsafeFieldElement, 'metadata' | 'validate'>>;

const fieldsIn = (card: Element): PageField[] => [...card.querySelectorAll<HTMLElement>('clerk-unsafe-field')];

/** Shows at each field what is wrong with it, and gives the focus to the first such; `true` if nothing is. Schemas may take their time. */
export async function reportPageFields(card: Element): Promise<boolean> {
  const fields = fieldsIn(card);
  const right = await Promise.all(fields.map(async (field) => (await field.validate?.()) ?? true));
  fields[right.indexOf(false)]?.focus();
  return !right.includes(false);
}

/**
 * The metadata of a sign-up: of its `sources`, such as the attempt so far and the props of the card, the later ones win, and the
 * fields of the page win over all. `undefined` where there is none.
 */
export function metadataOf(card: Element, ...sources: (JsonObject | null | undefined)[]): JsonObject | undefined {
  const documents = [...sources, ...fieldsIn(card).map(({ metadata }) => metadata)];
  const merged = documents.reduce<JsonObject>((all, document) => (document ? mergePatch(all, document) : all), {});
  return Object.keys(merged).length ? merged : undefined;
}
