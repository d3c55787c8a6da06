/** What stands where a card should, when its files cannot be loaded: text and a button, made by calls of the DOM alone. */

const failures = new WeakMap<HTMLElement, HTMLElement>();

/** Puts the message into `node`, in place of an earlier one. */
export function showFailure(node: HTMLElement, retry: () => void): void {
  removeFailure(node);
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  // Nothing else of an element that is not defined yet is shown.
  message.style.setProperty('visibility', 'visible', 'important');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Try again';
  button.addEventListener('click', () => {
    removeFailure(node);
    retry();
  });
  message.append('This part of the page could not be loaded. ', button);
  failures.set(node, message);
  node.append(message);
}

export function removeFailure(node: HTMLElement): void {
  failures.get(node)?.remove();
  failures.delete(node);
}
