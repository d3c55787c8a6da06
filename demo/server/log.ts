/** Structured log: one JSON line an entry on stderr. JSON escapes line breaks, so nobody can forge a line. */

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof levels)[number];

export function isLogLevel(text: string): text is LogLevel {
  return (levels as readonly string[]).includes(text);
}

/** What entries may carry: a list, so that no secret gets in by accident (security.md, S2). */
export interface LogEntry {
  level?: Exclude<LogLevel, 'silent'>;
  message?: string;
  method?: string;
  path?: string;
  /** Query with values hidden (`query-log.ts`). */
  query?: string | undefined;
  status?: number;
  ms?: number;
  traceId?: string;
  /** Of a webhook: its type, its `svix-id`, host and port that it goes to, and which attempt this was. */
  event?: string;
  eventId?: string;
  endpoint?: string;
  attempts?: number;
  /** Name, message and stack of an unexpected error, never of a refused request; of a webhook without an answer, a code. */
  error?: string;
}

export type Log = (entry: LogEntry) => void;

/** @param write where lines go; stderr unless a test listens. */
export function createLog(level: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const threshold = levels.indexOf(level);
  return (entry) => {
    const own = entry.level ?? 'info';
    if (levels.indexOf(own) < threshold) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level: own, ...entry })}\n`);
  };
}
