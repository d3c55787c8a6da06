import { css, html, nothing } from 'lit';
import { classNames } from './templates/class-names.ts';
import { describedBy, fieldFrame } from './templates/field.ts';
import type * as phone from './phone/phone.ts';

export type Phone = ReturnType<(typeof phone)['createPhone']>;

let fetched: Phone | undefined;

/** The file of the field for phone numbers: fetched once, again after a failure. Firefox never repeats a failed import of the same address. */
export const fetchPhone = async (): Promise<Phone> =>
  (fetched ??= (
    await import('./phone/phone.ts').catch(() => import('./phone/phone.ts?r=1') as unknown as Promise<typeof phone>)
  ).createPhone({ css, html, nothing, classNames, describedBy, fieldFrame }));

/** The same, if it is there. */
export const fetchedPhone = (): Phone | undefined => fetched;
