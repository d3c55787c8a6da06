/** The transport on a platform of the test's own, which notes what it asks of the core. */
import assert from 'node:assert/strict';
import { FrontendApi } from '../../../src/transport/frontend-api.ts';
import type { ApiObserver } from '../../../src/transport/frontend-api.ts';
import { FakePlatform } from '../../clerk/support/fake-platform.ts';
import type { SentRequest } from '../../clerk/support/fake-platform.ts';

export interface ObservedApi {
  platform: FakePlatform;
  api: FrontendApi;
  /** What the core would know. */
  core: { devBrowser: string | undefined; session: string };
  /** What was asked of it: `client client_1`, `dev browser dvb_1`, `check`. */
  log: string[];
  /** The request that was sent last. */
  last(): SentRequest;
}

export function createObservedApi(): ObservedApi {
  const platform = new FakePlatform();
  const core: ObservedApi['core'] = { devBrowser: undefined, session: 'sess_1' };
  const log: string[] = [];
  const observer: ApiObserver = {
    currentSessionId: () => core.session,
    get devBrowser() {
      return { id: core.devBrowser };
    },
    replaceDevBrowser: (id) => {
      log.push(`dev browser ${id}`);
      return Promise.resolve();
    },
    applyClient: ({ id }) => void log.push(`client ${id}`),
    refreshClient: () => {
      log.push('check');
      return Promise.resolve();
    },
  };
  const api = new FrontendApi(platform, () => 'https://clerk.example.com/v1', observer);
  return { platform, api, core, log, last: () => platform.requests.at(-1)! };
}

/** What a promise is rejected with; one that is kept fails the test. */
export const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('should have failed'),
    (error: unknown) => error,
  );
