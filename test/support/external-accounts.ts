/** Accounts at other providers for tests: put straight into the database, or proved by the whole way over a provider. */
import { insertExternalAccount, updateExternalAccount } from '../../demo/server/store/external-accounts.ts';
import type { ExternalAccount, ExternalProfile } from '../../demo/server/store/external-accounts.ts';
import { inTransaction } from '../../demo/server/store/database.ts';
import type { TestApi } from './api.ts';

let count = 0;

/** Connects an account. */
export async function addExternalAccount(
  api: Pick<TestApi, 'database'>,
  userId: string,
  { strategy, ...profile }: { strategy: string } & Partial<ExternalProfile>,
): Promise<ExternalAccount> {
  const now = Date.now();
  return inTransaction(api.database, async (transaction) => {
    const account = await insertExternalAccount(transaction, { userId, strategy }, now);
    const changes = { provider_user_id: `subject-${count++}`, verified_at: now, ...profile };
    return (await updateExternalAccount(transaction, account, changes, now)) ?? account;
  });
}

/** What a person does at the development provider. */
export type Choice = { person: string } | { email: string; verified?: 'true' } | { refuse: 'true' };

/** An answer of a redirect, followed by hand. */
export interface Hop {
  status: number;
  headers: Headers;
  text: string;
}

/** A browser that only navigates, with cookies of its own. Ports share them, as in real ones. */
export class Navigator {
  readonly cookies = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<Hop> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(form && { origin: new URL(url).origin }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** Goes on until there is no redirect, or one to an address that `isEnd`. @returns that address, or the page. */
  async follow(url: string, isEnd: (url: string) => boolean, form?: Record<string, string>): Promise<{ url: string; hop: Hop }> {
    let at = url;
    let hop = await this.go(at, form);
    for (let location = hop.headers.get('location'); location; location = hop.headers.get('location')) {
      at = new URL(location, at).href;
      if (isEnd(at)) return { url: at, hop };
      hop = await this.go(at);
    }
    return { url: at, hop };
  }

  /** From the address of a verification over the development provider to the callback, which is not called yet. */
  async visitProvider(address: string, choice: Choice): Promise<string> {
    const isCallback = (url: string) => new URL(url).pathname === '/v1/oauth_callback';
    const page = await this.follow(address, isCallback);
    if (page.hop.status !== 200) throw new Error(`${page.url}: ${page.hop.status} ${page.hop.text}`);
    const { url, hop } = await this.follow(page.url, isCallback, choice);
    if (!isCallback(url)) throw new Error(`${url}: ${hop.status} ${hop.text}`);
    return url;
  }
}
