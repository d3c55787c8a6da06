/** Repeating a request that did not arrive. Only reads are repeated: a write whose answer is lost may have happened. */
import type { Platform } from './platform.ts';

export interface RetryOptions {
  /** In total. */
  attempts: number;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** `false` for a failure that would only repeat itself. */
  shouldRetry(error: unknown): boolean;
}

/** How {@link withRetries} waits on a platform. */
export const timingOf = (platform: Pick<Platform, 'after' | 'random'>): Pick<RetryOptions, 'wait' | 'random'> => ({
  wait: (milliseconds) => new Promise((resolve) => void platform.after(milliseconds, resolve)),
  random: () => platform.random(),
});

const firstDelay = 700;
const longestDelay = 5000;

/** Milliseconds to wait before a further attempt, counted from 1: 0.7 s doubling, with jitter, up to 5 s. */
export function retryDelay(attempt: number, random: () => number): number {
  return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1) * (1 + random()));
}

/** Runs `action` until it succeeds, fails for good, or the attempts are used up. Rejects with the last failure. */
export async function withRetries<Result>(action: (attempt: number) => Promise<Result>, options: RetryOptions): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action(attempt - 1);
    } catch (error) {
      if (attempt >= options.attempts || !options.shouldRetry(error)) throw error;
      await options.wait(retryDelay(attempt, options.random));
    }
  }
}

/** Lets all who call while `action` runs have the same run. */
export function shared<Result>(action: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => (running ??= action().finally(() => (running = undefined)));
}
