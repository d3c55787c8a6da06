/** Whose address a request comes from: forwarded headers count only from configured proxies (security.md §3). */
import { BlockList, isIP } from 'node:net';

/** `10.0.0.1` or `10.0.0.0/8`. */
export function isAddressOrSubnet(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
  return family !== 0 && isLength && !rest.length;
}

/** Reads addresses off requests. */
export function createAddressReader(trustedProxies: readonly string[]) {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', length] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(length), family);
  }
  const isTrusted = (address: string) => trustedProxies.length > 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  /** @param forwardedFor the header `X-Forwarded-For`, whose last entries were written by the nearest proxies. */
  return (remoteAddress: string | undefined, forwardedFor: string | undefined): string => {
    let address = plainAddress(remoteAddress ?? '');
    const hops = (forwardedFor ?? '').split(',').map((hop) => plainAddress(hop.trim()));
    while (isIP(address) && isTrusted(address)) {
      const previous = hops.pop();
      if (!previous || !isIP(previous)) break;
      address = previous;
    }
    return address;
  };
}

/** IPv4 in its own spelling, also where a socket speaks IPv6. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** What rates are counted by: an IPv4 address, or the /64 of an IPv6 address, since one subscriber has all of it. */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}
