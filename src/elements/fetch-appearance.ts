import { html } from 'lit';
import type * as appearance from './appearance/appearance.ts';
import { card } from './templates/card.ts';

type Dress = ReturnType<(typeof appearance)['createDress']>;

let fetched: Promise<Dress | undefined> | undefined;

/**
 * The file that knows the `appearance` option: fetched once where a page uses it, a second time after a failure. Never rejects: without it
 * elements look as they do by themselves.
 */
export const fetchAppearance = (): Promise<Dress | undefined> =>
  (fetched ??= import('./appearance/appearance.ts')
    .catch(() => import('./appearance/appearance.ts?r=1') as unknown as Promise<typeof appearance>)
    .then(
      ({ createDress }) => createDress(card, html),
      (error: unknown) => void console.error(error),
    ));
