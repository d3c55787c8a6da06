import { pageTexts } from '../rules/page-texts.ts';

/** What is said instead of the English, by catalogue. Texts that are missing stay as they are. */
export type Layer = Record<string, object>;

/**
 * Has the page say the texts of `layer`: those that it shows already, and those of files yet to come.
 * @param level 0 for a language, 1 for what the page itself has written, which wins
 * @param layer without it there is nothing to say at this level
 */
export function speak(level: 0 | 1, layer: Layer | undefined): void {
  const catalogues = pageTexts();
  const layers = (catalogues.layers ??= []);
  const originals = (catalogues.originals ??= new WeakMap());
  layers[level] = layer;
  const adapt = ([name, texts]: [string, object]) => {
    const catalogue = texts as Record<string, unknown>;
    const original = originals.get(catalogue) ?? copy({}, catalogue);
    originals.set(catalogue, original);
    for (const key of Object.keys(catalogue)) delete catalogue[key];
    for (const source of [original, ...layers.map((each) => each?.[name])]) copy(catalogue, source ?? {});
  };
  catalogues.forEach(adapt);
  catalogues.push = (...added) => {
    added.forEach(adapt);
    return Array.prototype.push.apply(catalogues, added);
  };
  refresh(document);
}

/** All of `source`, deeply, into `target`. What is read anew each time stays so. */
function copy(target: Record<string, unknown>, source: object): object {
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(source))) {
    const { value } = property as { value: unknown };
    if (value && typeof value === 'object') target[key] = copy({ ...(target[key] as object | undefined) }, value);
    else Object.defineProperty(target, key, property);
  }
  return target;
}

/** Elements that show something already draw it anew. */
function refresh(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement & { requestUpdate?: () => void }>('*')) {
    if (element.localName.startsWith('clerk-')) element.requestUpdate?.();
    if (element.shadowRoot) refresh(element.shadowRoot);
  }
}
