/** What a request brings. */
import type { HonoRequest } from 'hono';
import { Refusal } from './refusal.ts';

/** Bytes; more is nothing that anybody here would ask for. */
const maximumBytes = 4096;

/**
 * The JSON of a small body.
 * @throws Refusal 400, 411 or 413
 */
export async function readBody(request: HonoRequest): Promise<unknown> {
  const length = request.header('content-length');
  if (length === undefined) throw new Refusal(411, 'Say how long the body is.');
  if (Number(length) > maximumBytes) throw new Refusal(413, 'That is too much.');
  try {
    return await request.json<unknown>();
  } catch {
    throw new Refusal(400, 'The body is no JSON.');
  }
}
