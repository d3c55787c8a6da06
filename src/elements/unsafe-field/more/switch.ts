/** `type="switch"`: a checkbox that says that it is one. */
import { classNames, html } from '../../shared.ts';
import type { FieldType } from '../field-types.ts';

export const switchType: Partial<FieldType> = {
  drawControl: ({ frame: { id, name } }) =>
    // eslint-disable-next-line lit-a11y/role-has-required-aria-attrs -- The browser tells whether a checkbox is checked, whatever its role.
    html`<input id=${id} type="checkbox" role="switch" class=${classNames('formFieldCheckboxInput', name, 'switch')} />`,
};
