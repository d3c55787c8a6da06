/** Texts that would run script if anything took them for markup, and what would be the trace of it. */

/** Begins what would be an element; `call` runs when it does. */
const elements: readonly ((call: string) => string)[] = [
  (call) => `<img data-planted src=x onerror=${call}>`,
  (call) => `<svg data-planted onload=${call}></svg>`,
  (call) => `<script data-planted>${call}</script>`,
  (call) => `<iframe data-planted srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call) => `<iframe data-planted src="javascript:parent.${call}"></iframe>`,
  (call) => `<details data-planted open ontoggle=${call}>x</details>`,
  (call) => `<input data-planted autofocus onfocus=${call}>`,
  (call) => `<video data-planted><source onerror=${call}></video>`,
  (call) => `<audio data-planted src=x onerror=${call}></audio>`,
  (call) => `<object data-planted data="javascript:${call}"></object>`,
  (call) => `<embed data-planted src="javascript:${call}">`,
  (call) => `<math data-planted><a href="javascript:${call}">x</a></math>`,
  (call) => `<style data-planted>@import "javascript:${call}"</style><p data-planted style="position:fixed;inset:0">x</p>`,
  (call) => `<form data-planted action="javascript:${call}"><button autofocus onfocus=${call}>x</button></form>`,
  (call) => `<clerk-sign-up data-planted sign-in-url="javascript:${call}"></clerk-sign-up>`,
  (call) => `<template data-planted shadowrootmode="open"><img src=x onerror=${call}></template>`,
];

/** Ways out of where a text may stand: between tags, in an attribute, in a comment or an element of text, in a template's own marks. */
const places: readonly ((element: string) => string)[] = [
  (element) => element,
  (element) => `">${element}`,
  (element) => `'>${element}`,
  (element) => `--></script></textarea></title></style>${element}`,
  (element) => `<?lit$0$>\${x}<!--?lit$0$-->${element}`,
];

/** Not elements at all, but addresses, and attributes in what has quotes around it. */
const others: readonly ((call: string) => string)[] = [
  (call) => `javascript:${call}`,
  (call) => ` JaVa\tScript:${call}`,
  (call) => `\u0001javascript:${call}`,
  (call) => `javascript://example.com/%0a${call}`,
  (call) => `data:text/html,<script>opener.${call}</script>`,
  (call) => `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${call}"/>`,
  (call) => `vbscript:${call}`,
  (call) => `" onmouseover="${call}" autofocus onfocus="${call}" data-planted="`,
  (call) => `' style='position:fixed' onclick='${call}' data-planted='`,
  (call) => `blob:javascript:${call}`,
  (call) => `https://example.com/"onerror="${call}`,
  (call) => `&#60;img data-planted src=x onerror=${call}&#62;`,
  (call) => `\\u003cimg data-planted src=x onerror=${call}\\u003e`,
  (call) => `\${${call}}`,
  (call) => `{{constructor.constructor('${call}')()}}`,
  (call) => `<!--${'<b data-planted>'.repeat(200)}--><img data-planted src=x onerror=${call}>`,
  (call) => `\u2028</p><img data-planted src=x onerror=${call}>\u202e`,
  (call) => `＜img data-planted src=x onerror=${call}＞<img data-planted/src/onerror=${call}>`,
  (call) => `<<img data-planted src=x onerror=${call}//`,
  (call) => `<a data-planted href="javascript:${call}" ping="javascript:${call}">x</a>`,
];

/** A hundred. @param call an expression without spaces and quotes */
export const markupPayloads: readonly ((call: string) => string)[] = [
  ...elements.flatMap((element) => places.map((place) => (call: string) => place(element(call)))),
  ...others,
];

/** Names of members whose texts steer the page: with other ones it would not come to show the rest. */
const steering =
  /^(object|id|.*_ids?|status|strategy|strategies|type|mode|kind|jwt|token|instance_environment_type|preferred_sign_in_strategy|attributes?|channel|key|code|param_name|supported_.*_fields?|.*_factors|verifications|.*_fields|level|actions|color_theme)$/;

/** A copy of an answer with `text` in place of each text that can be shown; `text` is given its path, such as `user.first_name`. */
export function withHostileTexts(json: unknown, text: (path: string) => string, path = '', name = ''): unknown {
  if (typeof json === 'string') return steering.test(name) ? json : text(path);
  if (Array.isArray(json)) {
    return json.map((item: unknown) => (typeof item === 'string' ? item : withHostileTexts(item, text, path, name)));
  }
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]: [string, unknown]) => [key, withHostileTexts(value, text, path ? `${path}.${key}` : key, key)]),
  );
}
