/** A card's way over a provider: there, and what becomes of the attempt when the provider has led back. */
import type { CSSResult } from 'lit';
import type { FlowName } from '../../clerk/clerk-api.ts';
import { en } from '../../i18n/en/provider-errors.ts';
import type { Look } from '../appearance/appearance.ts';
import type { Action } from '../base/action-controller.ts';
import { moveTo, showOtherCard } from '../other-card.ts';
import type { ReplaceableCard } from '../other-card.ts';
import { returnOf, returnOfTransfer } from '../../rules/provider-return.ts';
import type { ReturnError } from '../../rules/provider-return.ts';

/** What it uses of a card. */
export interface ProviderCard extends ReplaceableCard {
  readonly unsafeMetadata: SignUpUnsafeMetadata | undefined;
  readonly oauthFlow: string | null | undefined;
  readonly look: Look | undefined;
  readonly action: { readonly error: unknown; readonly busy: boolean };
  /** The strategy of the provider to which the person is on the way. */
  going: string | undefined;
  adopt(styles: CSSResult): void;
  requestUpdate(): void;
  run(action: Action): Promise<void>;
  /** What the attempt takes along; `undefined` where it cannot leave yet. */
  providerParams(): Promise<object | undefined>;
  /** Where to go after a flow. */
  redirectTarget(flow?: FlowName): string;
  finish(sessionId: string, flow?: FlowName): Promise<void>;
  /** Goes on with the attempt of this card. */
  advance(signal: AbortSignal): Promise<void>;
}

/** Route to which providers lead back, with the flow that has set out. */
const returnRoute = '/sso-callback/';

/** Leaves the page for a provider, unless there is a popup. */
export async function goOver(card: ProviderCard, strategy: string): Promise<void> {
  if (card.action.busy) return;
  const params = await card.providerParams();
  if (!params) return;
  // At once: browsers open a window for a click, and not for what comes after.
  const popup = card.oauthFlow === 'popup' ? open('about:blank', '', 'width=600,height=800') : null;
  card.going = strategy;
  await card.run(async (signal) => {
    const attempt = card.api.client![card.flow];
    const redirectUrl = card.routeUrl(returnRoute + card.flow, popup ? true : undefined);
    const way = { ...params, strategy, redirectUrl, redirectUrlComplete: card.redirectTarget() };
    try {
      if (popup) {
        await attempt.authenticateWithPopup({ ...way, popup });
        await comeBack(card, signal);
      } else {
        await attempt.authenticateWithRedirect(way);
        // Until the page is left; or back, where the browser has kept it.
        await new Promise((resolve) => addEventListener('pageshow', resolve, { once: true }));
      }
    } catch (error) {
      // Whoever closes it has changed their mind, and needs no explanation.
      if ((error as { code?: string }).code !== 'popup_closed') throw error;
    } finally {
      card.going = undefined;
      popup?.close();
    }
  });
}

/**
 * Goes on with the attempt that the address speaks of: a provider has led back, or `handleRedirectCallback()` has.
 * @throws what the card is to show: a refusal of the provider, or of the API.
 */
export async function comeBack(card: ProviderCard, signal: AbortSignal): Promise<void> {
  const { client } = card.api;
  const route = location.hash.split('?')[0]!;
  // At once: of several cards on a page one goes on with it.
  moveTo(card, '/');
  try {
    if (route.startsWith(`#${returnRoute}`)) {
      await settle(card, route.endsWith('signUp') ? 'signUp' : 'signIn', signal);
      return;
    }
    const flow = /^#\/(continue|verify-)/.test(route) ? 'signUp' : 'signIn';
    if (route.length > 2 && client![flow].id) await proceed(card, flow, signal);
  } finally {
    card.leaveArrival();
  }
}

/** An attempt of the other flow is left from earlier. */
async function settle(card: ProviderCard, flow: FlowName, signal: AbortSignal): Promise<void> {
  const { api, unsafeMetadata } = card;
  const client = api.client!;
  let outcome = returnOf({ [flow]: client[flow] });
  if (outcome.name === 'transfer') {
    const { to } = outcome;
    const params = { transfer: true };
    const answer = await (to === 'signIn'
      ? client.signIn.create(params)
      : client.signUp.create({ ...params, ...(unsafeMetadata && { unsafeMetadata }) }));
    outcome = returnOfTransfer(to, answer);
  }
  if (outcome.name === 'session') return card.finish(outcome.sessionId, outcome.flow);
  const { name, flow: next, error } = outcome as Exclude<typeof outcome, { name: 'transfer' | 'session' }>;
  if (name === 'proceed') await proceed(card, next, signal);
  // The refusal is told once: the next attempt begins without it.
  else if (error) await client[flow].create({}).catch(() => undefined);
  if (error) throw told(error);
}

/** Goes on in this card, or in the other one in its place. */
async function proceed(card: ProviderCard, flow: FlowName, signal: AbortSignal): Promise<void> {
  const route = flow === 'signUp' ? '/continue' : '/factor-one';
  if (flow !== card.flow) return showOtherCard(card, flow, route);
  card.leaveArrival();
  moveTo(card, route);
  await card.advance(signal);
}

/** In the shape of an answer of the API, about no field. */
const told = ({ code, message, longMessage }: ReturnError) => ({ errors: [{ code, message, longMessage: en[code] ?? longMessage }] });
