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
  const links: Record<string, TemplateResult | undefined> = {
    '{terms}': link(termsUrl, texts.terms),
    '{privacy}': link(privacyPolicyUrl, texts.privacy),
  };
  const [terms, privacy] = Object.values(links);
  const text = terms ? (privacy ? texts.both : texts.onlyTerms) : privacy ? texts.onlyPrivacy : texts.plain;
  const label = html`${text.split(/(\{\w+\})/).map((part) => links[part] ?? part)}`;
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
