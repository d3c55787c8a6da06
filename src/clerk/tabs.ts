/** Word between the tabs of one browser. What arrives is a hint: its shape is checked, and the API is asked (security.md, B9). */
import type { Platform } from '../transport/platform.ts';

/** What a tab tells the others. */
export type TabNews = 'signout' | 'session';

export interface TabObserver {
  /** Somebody signed out, perhaps of one session of several, or another session or user data is current. */
  news(news: TabNews, ended: unknown): void;
  /** Another tab got a session token. */
  token(sessionId: unknown, jwt: unknown): void;
}

export interface Tabs {
  /** @param session the one that has ended, if others go on */
  tell(type: TabNews, session?: string): void;
  /** In the shape that the official client reads and writes. */
  shareToken(sessionId: string, organizationId: string | null, tokenRaw: string): void;
}

export function openTabs(platform: Platform, observer: TabObserver): Tabs {
  const news = platform.openChannel('clerk', (message) => {
    const { type, session } = Object(message) as { type?: unknown; session?: unknown };
    if (type === 'signout' || type === 'session') observer.news(type, session);
  });
  const tokens = platform.openChannel('clerk:session_token', (message) => {
    const { sessionId, tokenRaw } = Object(message) as { sessionId?: unknown; tokenRaw?: unknown };
    observer.token(sessionId, tokenRaw);
  });
  return {
    tell: (type, session) => news.post({ type, session }),
    shareToken: (sessionId, organizationId, tokenRaw) =>
      tokens.post({ organizationId, sessionId, tokenId: organizationId ? `${sessionId}-${organizationId}` : sessionId, tokenRaw }),
  };
}
