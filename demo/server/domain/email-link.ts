/**
 * Links by mail (dossier part 2, §2.8; security.md §3): made, limited and used up as codes are, only that the secret is too long to be
 * guessed and stands in an address. What a link proves is found by it, so it can be opened anywhere.
 */
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import { createSecret } from '../ids.ts';
import { emailLinkMail } from '../mail-templates.ts';
import { createOriginCheck } from '../origins.ts';
import { postMail } from '../post-mail.ts';
import { insertEmailLink } from '../store/email-links.ts';
import { openVerification } from './code-verification.ts';
import type { VerificationOrder } from './code-verification.ts';
import { testCode } from './codes.ts';
import { isTestEmailAddress } from './identifiers.ts';

export const linkStrategy = 'email_link';

/** For what a link is sent, and to whom a session belongs that it completes: the browser that has asked for it. */
export interface LinkOwner {
  /** Of a sign-in, a sign-up or an email address. */
  subjectId: string;
  clientId: string;
  address: string;
  userAgent: string | undefined;
}

export interface LinkOrder extends Omit<VerificationOrder, 'strategy' | 'secret' | 'isTest' | 'opened'> {
  /** Where the mail goes. */
  address: string;
  owner: LinkOwner;
  /** As it was asked for. */
  redirectUrl: string | undefined;
}

/**
 * Sends a link, which voids the one before. To test addresses nothing is sent; there the test code does as the code of the link.
 * @throws ApiError 422 `invalid_redirect_url`, and as `openVerification`.
 */
export async function sendLink(context: Dependencies, { address, owner, redirectUrl, ...order }: LinkOrder): Promise<void> {
  const { settings, frontendApiUrl } = context;
  const target = readLinkTarget(context, redirectUrl);
  const isTest = settings.testMode && isTestEmailAddress(order.normalized);
  const token = createSecret();
  await openVerification(context, {
    ...order,
    strategy: linkStrategy,
    secret: isTest ? testCode : token,
    isTest,
    opened: async (transaction, { id, expireAt }) => {
      if (isTest || !order.isReachable) return;
      await insertEmailLink(transaction, {
        token,
        verification_id: id,
        subject_id: owner.subjectId,
        client_id: owner.clientId,
        user_agent: owner.userAgent?.slice(0, 512) ?? null,
        ip_address: owner.address || null,
        redirect_url: target,
        expire_at: expireAt,
      });
    },
  });
  if (isTest || !order.isReachable) return;
  const url = `${frontendApiUrl}/v1/verify?token=${token}`;
  postMail(context, emailLinkMail({ applicationName: settings.applicationName, to: address, url }));
}

/** Names under which the browser scripts put a development credential into addresses. */
const credentials = ['__clerk_db_jwt', '__dev_session'];

/** The page that a link leads to in the end. Whoever opens it may be somewhere else, so no credential goes along. */
function readLinkTarget(context: Dependencies, text: string | undefined): string | null {
  if (!text) return null;
  const url = allowedRedirect(text, { allowedOrigins: [createOriginCheck(context)] });
  if (!url) {
    const message = 'redirect_url must be an address of a page that may use this instance.';
    throw parameterError('invalid_redirect_url', 'redirect_url', message);
  }
  for (const name of credentials) url.searchParams.delete(name);
  return url.href;
}
