/** Messages by whom they are for, for whoever waits for the next one. */
export interface Mailbox {
  deliver(to: string, message: string): void;
  /** The next message to somebody: what is there already first. */
  next(to: string): Promise<string>;
}

export function createMailbox(): Mailbox {
  const messages = new Map<string, string[]>();
  const waiting = new Map<string, (message: string) => void>();
  return {
    deliver: (to, message) => {
      const take = waiting.get(to);
      waiting.delete(to);
      if (take) take(message);
      else messages.set(to, [...(messages.get(to) ?? []), message]);
    },
    next: (to) => {
      const [first, ...others] = messages.get(to) ?? [];
      messages.set(to, others);
      return first === undefined ? new Promise((resolve) => waiting.set(to, resolve)) : Promise.resolve(first);
    },
  };
}
