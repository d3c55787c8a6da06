/** A field whose label is no label of one control of ours: the parts of `templates/field.ts` around another one. */
import { classNames, html, nothing } from '../../shared.ts';
import type { TemplateResult } from 'lit';
import type { FieldView } from '../field-view.ts';

/** Hint and error. The error's container is always there, so that readers announce what appears in it. */
export const messages = ({ frame: { id, name, hint, hintKind = 'Info', error } }: FieldView): TemplateResult => html`
  ${hint ? html`<p id="${id}-hint" class=${classNames(`formField${hintKind}Text`, name)}>${hint}</p>` : nothing}
  <div aria-live="polite">
    ${error ? html`<p id="${id}-message" class=${classNames('formFieldErrorText', name)}>${error}</p>` : nothing}
  </div>
`;
