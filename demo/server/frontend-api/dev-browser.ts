/** Dev browsers (dossier part 1, §4.3). */
import type { devBrowserEndpoints } from '../../../src/wire/dev-browser.ts';
import { notFound } from '../errors.ts';
import { createClient } from '../store/clients.ts';
import type { Handlers } from './handler.ts';

export const devBrowserHandlers: Handlers<keyof typeof devBrowserEndpoints> = {
  createDevBrowser: async ({ context: { database, instanceType, now } }) => {
    if (instanceType === 'production') throw notFound('address');
    const { secret } = await createClient(database, 'dev_browser', now());
    return { object: 'dev_browser', id: secret, token: secret };
  },
};
