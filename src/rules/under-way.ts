/** Whether `verification` waits for this strategy's code or link, sent and still valid. `now` is in milliseconds since 1970. */
export function isUnderWay(
  verification: { strategy: string | null; status: string | null; expireAt: Date | null },
  strategy: string,
  now = Date.now(),
): boolean {
  return (
    verification.strategy === strategy &&
    verification.status === 'unverified' &&
    verification.expireAt !== null &&
    verification.expireAt.getTime() > now
  );
}
