import type { TemplateResult } from 'lit';
import type { SignUpStrings } from '../../i18n/en/sign-up.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import type { FieldState } from '../templates/field.ts';
import { checkboxFrame, describedBy, html, nothing } from '../shared.ts';

/** Consent to the instance's terms and privacy policy, each with its link where it has one. */
export function legalField(
  { id, name, error }: FieldState,
  strings: SignUpStrings,
  { termsUrl, privacyPolicyUrl }: Pick<EnvironmentResource, 'termsUrl' | 'privacyPolicyUrl'>,
): TemplateResult {
  const texts = strings.legal;
  const links = [link(termsUrl, texts.terms), link(privacyPolicyUrl, texts.privacy)].filter((part) => part !== undefined);
  const [first, second] = links;
  const label = first ? html`${texts.before}${first}${second ? html`${texts.and}${second}` : nothing}` : texts.plain;
  const frame = { id, name, error, label };
  return checkboxFrame(
    frame,
    html`<input
      id=${id}
      name=${name}
      type="checkbox"
      value="true"
      class="cl-formFieldCheckboxInput"
      required
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${describedBy(frame)}
    />`,
  );
}

/** Opens beside the card: what was typed must not be lost. */
function link(address: string, text: string): TemplateResult | undefined {
  const href = safeUrl(address, 'link');
  return href ? html`<a class="cl-link" href=${href} target="_blank" rel="noopener">${text}</a>` : undefined;
}
