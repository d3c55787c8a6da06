import { css, html, nothing } from 'lit';
import { furtherFile } from './further-file.ts';
import type * as phone from './phone/phone.ts';
import { classNames } from './templates/class-names.ts';
import { describedBy, fieldFrame } from './templates/field.ts';

export type Phone = ReturnType<(typeof phone)['createPhone']>;

const create = ({ createPhone }: typeof phone) => createPhone({ css, html, nothing, classNames, describedBy, fieldFrame });

/** What draws and reads phone numbers, and the same if it is there. */
export const [fetchPhone, fetchedPhone] = furtherFile<Phone>(
  async () => create(await import('./phone/phone.ts')),
  async () => create((await import('./phone/phone.ts?r=1')) as unknown as typeof phone),
);
