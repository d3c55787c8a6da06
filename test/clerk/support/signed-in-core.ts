/** The core on a page where somebody is signed in, on an API and a platform in memory. */
import { ClerkCore } from '../../../src/clerk/clerk.ts';
import { FakeApi } from './fake-api.ts';
import { FakePlatform } from './fake-platform.ts';

export interface SignedInCore {
  platform: FakePlatform;
  api: FakeApi;
  clerk: ClerkCore;
}

/** Loads it, with the session `sess_1` alone. */
export async function loadSignedInCore(publishableKey: string): Promise<SignedInCore> {
  const platform = new FakePlatform();
  const api = new FakeApi(platform);
  api.sessions = ['sess_1'];
  const clerk = new ClerkCore(publishableKey, {}, { platform, fetchMethods: () => import('../../../src/methods/index.ts') });
  await clerk.load();
  return { platform, api, clerk };
}
