/** Word between the tabs of one browser. What arrives is a hint: its shape is checked, and the API is asked (security.md, B9). */
import type { Platform } from '../transport/platform.ts';

/** What a tab tells the others. */
export type TabNews = 'signout' | 'session';

export interface TabObserver {
  /** Somebody signed out, or another session or user data is current. */
  news(news: TabNews): void;
  /** Another tab got a session token. */
  token(sessionId: unknown, jwt: unknown): void;
}

export interface Tabs {
  tell(type: TabNews): void;
  /** In the shape that the official client reads and writes. */
  shareToken(sessionId: string, organizationId: string | null, tokenRaw: string): void;
}

export function openTabs(platform: Platform, observer: TabObserver): Tabs {
  const news = platform.openChannel('clerk', (message) => {
    const { type } = Object(message) as { type?: unknown };
    if (type === 'signout' || type === 'session') observer.news(type);
  });
  const tokens = platform.openChannel('clerk:session_token', (message) => {
    const { sessionId, tokenRaw } = Object(message) as { sessionId?: unknown; tokenRaw?: unknown };
    observer.token(sessionId, tokenRaw);
  });
  return {
    tell: (type) => news.post({ type }),
    shareToken: (sessionId, organizationId, tokenRaw) =>
      tokens.post({ organizationId, sessionId, tokenId: organizationId ? `${sessionId}-${organizationId}` : sessionId, tokenRaw }),
  };
}
