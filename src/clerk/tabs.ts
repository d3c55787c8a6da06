/** Word between the tabs of one browser. What arrives is a hint: its shape is checked, and the API is asked (security.md, B9). */
import type { Platform } from '../transport/platform.ts';

/** What a tab tells the others: a session has ended; one was chosen; data of a user has changed. */
export type TabNews = 'signout' | 'session' | 'user';

export interface TabObserver {
  /** @param session the one that was chosen, as far as somebody says so */
  news(news: TabNews, session: unknown): void;
  /** Another tab got a session token. */
  token(sessionId: unknown, jwt: unknown): void;
}

export interface Tabs {
  /** @param session the one that was chosen */
  tell(type: TabNews, session?: string): void;
  /** In the shape that the official client reads and writes. */
  shareToken(sessionId: string, organizationId: string | null, tokenRaw: string): void;
}

export function openTabs(platform: Platform, observer: TabObserver): Tabs {
  const news = platform.openChannel('clerk', (message) => {
    const { type, session } = Object(message) as { type?: unknown; session?: unknown };
    if (type === 'signout' || type === 'session' || type === 'user') observer.news(type, session);
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
