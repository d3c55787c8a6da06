/**
 * The `appearance` option, for pages that use it. A file of its own, fetched by the UI file, of which it imports nothing: it is given what it needs.
 * Each look becomes one constructed style sheet of the document or shadow root that it is worn in; elements that look the same share it.
 */
import type { CSSResult, html as Html } from 'lit';
import type { AppearanceOptions } from '../../clerk/appearance-types.ts';
import type { ClerkElement } from '../base/clerk-element.ts';
import type { card as Card } from '../templates/card.ts';
import { layerNameOf, moveIntoLayer } from './cascade-layer.ts';
import { ClassNames } from './class-names.ts';
import { complainOfNames, createComplain } from './complaints.ts';
import { createDressedCard } from './dressed-card.ts';
import { layersOf, optionsOf, schemeOf, withOptionStyles } from './layers.ts';
import { LookSheet } from './look-sheet.ts';
import { partStyles } from './part-styles.ts';

/** How one element looks. */
export interface Look {
  readonly options: AppearanceOptions;
  /** Draws its screens. */
  readonly card: typeof Card;
}

/** What an element wears, and what that was made of. */
interface Worn extends Look {
  ofPage: unknown;
  own: unknown;
  sheet: LookSheet;
  classes: ClassNames;
  layerName: string | undefined;
}

export function createDress(card: typeof Card, html: typeof Html) {
  const wardrobe = new WeakMap<ClerkElement, Worn>();
  const partSheet = { styleSheet: partStyles() } as CSSResult;

  function change(element: ClerkElement, sheets: Set<CSSResult>, ofPage: unknown, former: Worn | undefined): Worn {
    const { appearance: own, instance, localName, renderRoot } = element;
    const { flow } = element as unknown as { flow?: string };
    const complain = createComplain(instance?.instanceType === 'development');
    // A text looks like the text around it.
    const layers = localName === 'clerk-text' ? [] : layersOf(ofPage, flow, own, complain);
    complainOfNames(layers, complain);
    const options = optionsOf(layers);
    const isModal = element.closest('dialog.cl-modalContent') !== null;
    const sheet = LookSheet.of(localName, withOptionStyles(layers, options, isModal), options, schemeOf(layers), complain);
    former?.classes.end();
    if (former && former.sheet !== sheet) former.sheet.leave(element, sheets);
    sheets.add(partSheet);
    sheet.dress(element, sheets);
    return {
      ...{ ofPage, own, options, sheet },
      classes: new ClassNames(renderRoot as HTMLElement, layers),
      layerName: layerNameOf(layers, complain),
      card: createDressedCard(card, html, options, () => instance?.__internal_environment?.applicationName ?? ''),
    };
  }

  /**
   * Has `element` look as the page and its own `appearance` want it. Asked before each drawing; does nothing where nothing has changed.
   * @param sheets that the element takes along wherever it goes
   */
  return (element: ClerkElement, sheets: Set<CSSResult>, ofPage: unknown): Look => {
    const former = wardrobe.get(element);
    const isSame = former && former.ofPage === ofPage && former.own === element.appearance;
    const worn = isSame ? former : change(element, sheets, ofPage, former);
    wardrobe.set(element, worn);
    const { layerName } = worn;
    // Once it is drawn: with the sheets that this brings along.
    if (layerName) void element.updateComplete.then(() => moveIntoLayer(layerName, sheets));
    return worn;
  };
}
