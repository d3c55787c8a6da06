/** Signatures of webhooks, as Svix and Standard Webhooks have them (dossier part 2, §6.9). */
import { Webhook } from 'standardwebhooks';
import { StartError } from '../start-error.ts';

const prefix = 'whsec_';
/** Of the key (Standard Webhooks, "Symmetric signatures"). */
const minimumBytes = 24;
const maximumBytes = 64;

/**
 * The secrets of `CLERK_WEBHOOK_SIGNING_SECRET`: one, or several while they are turned over.
 * @param isNeeded whether there is anything to sign
 * @throws StartError, which quotes no secret.
 */
export function readSigningSecrets(text: string | undefined, isNeeded: boolean): string[] {
  const secrets = (text ?? '').split(/[\s,]+/).filter(Boolean);
  if (!secrets.length && isNeeded) {
    throw new StartError(`CLERK_WEBHOOK_SIGNING_SECRET: expected a secret, since the settings name webhooks. ${howToMakeOne}`);
  }
  if (secrets.every(isSigningSecret)) return secrets;
  throw new StartError(
    `CLERK_WEBHOOK_SIGNING_SECRET: expected ${prefix} and ${minimumBytes} to ${maximumBytes} bytes in base64, or several of them separated by commas. ${howToMakeOne}`,
  );
}

const howToMakeOne = `This makes one: echo ${prefix}$(openssl rand -base64 32)`;

function isSigningSecret(text: string): boolean {
  const encoded = text.slice(prefix.length);
  const bytes = Buffer.from(encoded, 'base64');
  // Decoders forgive what a receiver's may not.
  const isCanonical = bytes.toString('base64') === encoded;
  return text.startsWith(prefix) && isCanonical && bytes.length >= minimumBytes && bytes.length <= maximumBytes;
}

/**
 * Headers that prove a body to be ours: those of Svix, which Clerk's packages read, and the same ones under the names of the standard.
 * With several secrets there are several signatures, and one that the receiver can check is enough.
 * @param time of this attempt, in milliseconds since 1970
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, time, body }: { id: string; time: number; body: string },
): Record<string, string> {
  const signature = secrets.map((secret) => new Webhook(secret).sign(id, new Date(time), body)).join(' ');
  const values = { id, timestamp: String(Math.floor(time / 1000)), signature };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [`svix-${name}`, `webhook-${name}`].map((header) => [header, value])),
  );
}
