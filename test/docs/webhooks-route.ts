import { verifyWebhook } from '@clerk/backend/webhooks';

/** What this backend wants to know of users: their customer numbers, which no page ever sees. */
export const customers = new Map<string, unknown>();

export async function POST(request: Request): Promise<Response> {
  // Throws unless the signature is right.
  const event = await verifyWebhook(request);
  if (event.type === 'user.created' || event.type === 'user.updated') {
    customers.set(event.data.id, event.data.private_metadata['stripeId']);
  }
  if (event.type === 'user.deleted' && event.data.id) customers.delete(event.data.id);
  // Any 2xx means: do not send this again.
  return new Response('ok');
}
