/** What `oidc-provider` stores, in the memory of this process: a restart of a development server may forget who has signed in there. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds since 1970. */
  expireAt: number;
}

/** More than anybody needs; the oldest go first. */
const maximumEntries = 5000;

/** Adapters that share one store. */
export function createMemory(now: () => number): (name: string) => Adapter {
  const entries = new Map<string, Entry>();
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expireAt > now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const findBy = (name: string, test: (payload: AdapterPayload) => boolean) =>
    [...entries].find(([key, { payload }]) => key.startsWith(`${name}:`) && test(payload))?.[1].payload;
  return (name) => ({
    upsert: (id, payload, expiresIn) => {
      entries.delete(`${name}:${id}`);
      entries.set(`${name}:${id}`, { payload, expireAt: expiresIn ? now() + expiresIn * 1000 : Infinity });
      for (const key of entries.keys()) {
        if (entries.size <= maximumEntries) break;
        entries.delete(key);
      }
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(read(`${name}:${id}`)),
    findByUid: (uid) => Promise.resolve(findBy(name, (payload) => payload.uid === uid)),
    findByUserCode: (userCode) => Promise.resolve(findBy(name, (payload) => payload.userCode === userCode)),
    consume: (id) => {
      const payload = read(`${name}:${id}`);
      if (payload) payload.consumed = Math.floor(now() / 1000);
      return Promise.resolve();
    },
    destroy: (id) => {
      entries.delete(`${name}:${id}`);
      return Promise.resolve();
    },
    revokeByGrantId: (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
      return Promise.resolve();
    },
  });
}
