/**
 * Swaps DOM nodes for text in failed assertions. The test runner 0.20 hangs until its time limit when it has to report a node
 * (modernweb-dev/web#2967, open-wc/open-wc#2880).
 */

/** Of a message, in UTF-16 units. */
const maximumLength = 1000;

/** A value as it may be reported: nodes, also within arrays and plain objects, as their start tag or text. */
export function withoutNodes(value: unknown, depth = 0): unknown {
  if (value instanceof Element) return (value.cloneNode() as Element).outerHTML;
  if (value instanceof Document) return '#document';
  if (value instanceof Node) return `${value.nodeName} ${JSON.stringify(value.textContent)}`;
  if (value === window) return '#window';
  if (depth > 4) return value;
  if (Array.isArray(value) || value instanceof NodeList || value instanceof HTMLCollection) {
    return Array.from(value as ArrayLike<unknown>, (item) => withoutNodes(item, depth + 1));
  }
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNodes(item, depth + 1)]));
}

/** Plugin for `chai.use()`. */
export const chaiNodes: Chai.ChaiPlugin = ({ Assertion }) => {
  const prototype = Assertion.prototype as { assert(...parameters: unknown[]): void };
  const check = prototype.assert;
  prototype.assert = function (...parameters) {
    try {
      check.apply(this, parameters);
    } catch (error) {
      const failure = error as { message: string; actual?: unknown; expected?: unknown };
      // A node in the message is its whole markup.
      if (failure.message.length > maximumLength) failure.message = `${failure.message.slice(0, maximumLength)}…`;
      failure.actual = withoutNodes(failure.actual);
      failure.expected = withoutNodes(failure.expected);
      throw error;
    }
  };
};
