import { css, html, nothing } from 'lit';
import { hasCode, missingField, problemOf } from '../flows/problem.ts';
import type { AttemptCard } from './attempt/attempt-card.ts';
import type * as attempt from './attempt.ts';
import { fetchBeginnings } from './fetch-beginnings.ts';
import { fetchedLater, fetchLater } from './fetch-later.ts';
import { fetchedPhone, fetchPhone } from './fetch-phone.ts';
import { furtherFile } from './further-file.ts';
import type { SessionParts } from './sessions/session-card.ts';
import { actionLink } from './templates/button.ts';
import { checkboxFrame } from './templates/field.ts';
import { currentPassword, passwordField } from './templates/password-input.ts';
import { hiddenUsername, textField } from './templates/text-input.ts';

export type AttemptSteps = InstanceType<typeof attempt.AttemptSteps>;

const [fetchAttempt] = furtherFile<typeof attempt>(
  () => import('./attempt.ts'),
  () => import('./attempt.ts?r=1'),
);

/** What further files of the cards are given. */
export const partsForFiles = (): SessionParts => ({
  css,
  html,
  nothing,
  problemOf,
  hasCode,
  missingField,
  actionLink,
  checkboxFrame,
  currentPassword,
  hiddenUsername,
  passwordField,
  textField,
  fetchBeginnings,
  fetchLater,
  fetchedLater,
  fetchPhone,
  fetchedPhone,
});

/** How a card has somebody prove who they are; what it needs for that is fetched. */
export const createSteps = async (card: unknown): Promise<AttemptSteps> =>
  new (await fetchAttempt()).AttemptSteps(card as AttemptCard, partsForFiles());
