/** Over a provider and back, in a popup (dossier part 2, §8.2). */
import { setActive } from '../clerk/active-session.ts';
import { buildUrlWithAuth, navigate } from '../clerk/navigation.ts';
import type { State } from '../clerk/state.ts';
import { ClerkRuntimeError } from '../errors.ts';
import type { AuthenticateWithPopupParams, SignUpMetadataParams } from '../resources/types.ts';
import { devBrowserName } from '../transport/dev-browser.ts';
import { begin } from './provider-redirect.ts';
import { stateOf } from './state-of.ts';
import type { Attempt } from './provider-redirect.ts';

type PopupParams = AuthenticateWithPopupParams & SignUpMetadataParams;

/**
 * Resolves once the popup has reported and what it said was followed.
 * @throws the API's error; ClerkRuntimeError `popup_blocked`, `popup_closed`, `invalid_response`
 */
export async function authenticateWithPopup(this: Attempt, { popup, ...params }: PopupParams): Promise<void> {
  if (!popup) throw new ClerkRuntimeError('The browser has not opened the popup', { code: 'popup_blocked' });
  const state = stateOf(this);
  const reporter = reporterOf(state);
  const reportTo = (target: string) => {
    const url = new URL(reporter);
    url.searchParams.set('return_url', buildUrlWithAuth(state, target));
    // That page asks whose attempt it is, also where it is of the origin of this one.
    if (state.devBrowser.id) url.searchParams.set(devBrowserName, state.devBrowser.id);
    return url.href;
  };
  const redirectUrl = reportTo(params.redirectUrl);
  const redirectUrlComplete = reportTo(params.redirectUrlComplete);
  const url = await begin(this, { ...params, redirectUrl, redirectUrlComplete });
  popup.location.href = url;
  const session = await reportOf(popup, reporter.origin);
  // What it says is a hint: what is true is asked for, and where to go on is known.
  await state.client.reload();
  if (state.client.signedInSessions.some(({ id }) => id === session)) {
    await setActive(state, { session: session!, redirectUrl: params.redirectUrlComplete });
  } else {
    await navigate(state, params.redirectUrl);
  }
}

/** The page that popups end at: of the service's own pages, or of the API on this machine. */
function reporterOf({ instance }: State): URL {
  const origin = instance.isLocal ? new URL(instance.apiUrl).origin : `https://${instance.portalHost}`;
  return new URL('/popup-callback', origin);
}

/** Milliseconds between two looks at a popup: nothing tells that it was closed. */
const popupPause = 300;

/** The session that a popup speaks of at its end, if it does. Only from itself, and only while it is open (security.md, B9). */
function reportOf(popup: Window, origin: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let looks = 0;
    const stop = () => {
      clearInterval(timer);
      removeEventListener('message', hear);
    };
    const hear = ({ source, origin: from, data }: MessageEvent<unknown>) => {
      const { session, return_url } = Object(data) as Record<string, unknown>;
      if (source !== popup || from !== origin) return;
      if (typeof session !== 'string' && typeof return_url !== 'string') return;
      stop();
      resolve(typeof session === 'string' ? session : undefined);
    };
    const timer = setInterval(() => {
      // What it has said just before may not have been heard yet.
      if (!popup.closed || ++looks < 2) return;
      stop();
      reject(new ClerkRuntimeError('The popup was closed before it came back', { code: 'popup_closed' }));
    }, popupPause);
    addEventListener('message', hear);
  });
}
