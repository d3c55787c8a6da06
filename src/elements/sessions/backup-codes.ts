/** The codes that somebody is given with their first second factor: shown once, and kept by them. */
import type { CSSResult } from 'lit';
import { en } from '../../i18n/en/sessions.ts';
import type { SessionResource } from '../../resources/types.ts';
import { createTaskStyles } from '../styles/tasks.ts';
import type { Screen } from '../templates/card.ts';
import { forgetProgress, progressOf } from './progress.ts';
import type { SessionCard, SessionContext } from './session-card.ts';

let styles: CSSResult | undefined;

export const adoptTaskStyles = ({ card, parts }: SessionContext): void => card.adopt((styles ??= createTaskStyles(parts.css)));

/** Goes on once a second factor is set up: with its codes, if there are any. */
export async function setUp(card: SessionCard, { id, user }: SessionResource, codes: string[] | null | undefined): Promise<void> {
  const isWanted = !codes && card.environment.attribute('backup_code').enabled && user && !user.backupCodeEnabled;
  const made = isWanted ? (await user.createBackupCode()).codes : codes;
  if (made?.length) Object.assign(progressOf(card), { codes: made, sessionId: id });
  else await end(card, id);
}

async function end(card: SessionCard, sessionId: string): Promise<void> {
  forgetProgress(card);
  await card.finish(sessionId);
}

export function backupCodesScreen(codes: string[], context: SessionContext): Screen {
  const { title, subtitle, copy, copied } = en.backupCodes;
  const { card, parts } = context;
  const { html } = parts;
  adoptTaskStyles(context);
  const copyAll = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    card.notice = copied;
  };
  return {
    part: 'backupCodes',
    title,
    subtitle,
    fields: html`
      <div>
        <ul class="cl-backupCodes" dir="ltr">
          ${codes.map((code) => html`<li>${code}</li>`)}
        </ul>
      </div>
    `,
    submit: () => card.run(() => end(card, progressOf(card).sessionId!)),
    links: [
      parts.actionLink('formFieldAction', copy, () => card.run(copyAll)),
      html`<div aria-live="polite">${card.notice ? html`<p class="cl-formFieldSuccessText">${card.notice}</p>` : parts.nothing}</div>`,
    ],
  };
}
