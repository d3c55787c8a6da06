/** Pastes `text` into a control, as the event that scripts see. */
export function paste(control: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  // Firefox gives the event a clipboard of its own, an empty one.
  if (event.clipboardData?.getData('text/plain') !== text) Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  control.dispatchEvent(event);
}
