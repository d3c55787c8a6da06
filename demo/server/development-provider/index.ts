/**
 * The development provider: an OpenID Connect provider at `/development-provider` of a test instance on this machine. It plays every
 * provider of the settings that has no client id of its own, so that signing in with one works offline. Whoever comes says who they
 * are, and is believed: it never runs for a production instance, nor where other machines can reach it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dependencies } from '../dependencies.ts';
import type { SocialProvider } from '../oauth/settings.ts';
import { createProvider } from './provider.ts';

export const developmentProviderPath = '/development-provider';

/** Answers a request of Node's; `false` for one that is not for the provider. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

type ProviderContext = Pick<Dependencies, 'settings' | 'frontendApiUrl' | 'log' | 'now'>;

/** Nothing of it is loaded before somebody comes: most starts of the server never need it. */
export function createDevelopmentProvider(context: ProviderContext): NodeHandler {
  let provider: ReturnType<typeof createProvider> | undefined;
  return (incoming, outgoing) => {
    const { url = '' } = incoming;
    if (!url.startsWith(`${developmentProviderPath}/`)) return false;
    provider ??= createProvider(context);
    provider
      .then((handle) => handle(incoming, outgoing))
      .catch((error: unknown) => {
        context.log({ level: 'error', message: 'development provider', error: String(error) });
        if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' });
        outgoing.end('The development provider has failed. The log says why.\n');
      });
    return true;
  };
}

/**
 * Says where the providers are that have no client id: at the development provider, if it runs; else nowhere, and they are left out.
 * @param isRunning whether it does.
 */
export function placeProviders(
  social: readonly SocialProvider[],
  { frontendApiUrl, isRunning, log }: Pick<Dependencies, 'frontendApiUrl' | 'log'> & { isRunning: boolean },
): SocialProvider[] {
  return social.flatMap((provider): SocialProvider[] => {
    if (provider.clientId !== undefined) return [provider];
    if (isRunning) return [{ ...provider, issuer: frontendApiUrl + developmentProviderPath, scopes: undefined, isPlayed: true }];
    log({ level: 'warn', message: `${provider.strategy} has no client_id in the settings, so nobody can sign in with it.` });
    return [];
  });
}
