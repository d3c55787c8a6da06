/**
 * Which names the server answers to. A foreign name for our address would make a rebinding site same-origin with the API, the demo and
 * the inbox, so it is refused on every route of both ports before anything else (security.md, E10).
 */
import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../src/rules/publishable-key.ts';
import { ApiError } from './errors.ts';

/** @param allowed names without port, beside the loopback ones. */
export function createHostCheck(allowed: readonly string[]): (request: Pick<IncomingMessage, 'rawHeaders' | 'url'>) => void {
  const names = new Set(allowed.map(withoutPort));
  return ({ rawHeaders, url }) => {
    const hosts = rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
    const [host = ''] = hosts;
    const isKnown = isLoopbackHost(host) || names.has(withoutPort(host));
    // A target with a name of its own (`GET http://elsewhere/`) would be a second opinion on the host.
    if (hosts.length !== 1 || !isKnown || !/^[\w.:[\]-]+$/.test(host) || !url?.startsWith('/')) throw hostInvalid();
  };
}

const withoutPort = (host: string) => host.toLowerCase().replace(/:\d+$/, '');

const hostInvalid = () =>
  new ApiError(400, {
    code: 'host_invalid',
    message: 'Invalid host',
    longMessage: 'This server does not answer to that host name. Add it to allowed_hosts in the instance settings if it should.',
  });
