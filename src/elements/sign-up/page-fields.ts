/** The `<clerk-unsafe-field>`s that a page has put into a card: their values travel with the sign-up. */
import type { JsonObject } from '../../rules/merge-patch.ts';
import { mergePatch } from '../../rules/merge-patch.ts';
import type { ClerkUnsafeFieldElement } from '../unsafe-field/unsafe-field.ts';

/** Their file may still be on its way: until then they are plain elements without values. */
type PageField = Element & Partial<Pick<ClerkUnsafeFieldElement, 'metadata' | 'reportValidity'>>;

const fieldsIn = (card: Element): PageField[] => [...card.querySelectorAll('clerk-unsafe-field')];

/** Shows at each field what is wrong with it, and gives the focus to the first such; `true` if nothing is. */
export function reportPageFields(card: Element): boolean {
  const wrong = fieldsIn(card).filter((field) => field.reportValidity?.() === false);
  wrong[0]?.querySelector<HTMLElement>('input, select')?.focus();
  return wrong.length === 0;
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
