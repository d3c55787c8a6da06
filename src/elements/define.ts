/** Registers `element` under `tag`. A tag that is taken is left as it is: a script loaded twice must not throw. */
export function define(tag: string, element: CustomElementConstructor): void {
  const known = customElements.get(tag);
  if (!known) customElements.define(tag, element);
  else if (known !== element) console.warn(`clerk-lit: <${tag}> is defined already.`);
}
