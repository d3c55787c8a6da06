import { createClerkClient } from '@clerk/backend';
import { privateMetadata, publicMetadata, unsafeMetadata } from './metadata.ts';

const clerkClient = createClerkClient({
  secretKey: process.env['CLERK_SECRET_KEY'] ?? '',
  // Only for the local API; without it, the hosted service.
  ...(process.env['CLERK_API_URL'] && { apiUrl: process.env['CLERK_API_URL'] }),
});

export async function makeCustomer(userId: string, stripeId: string): Promise<void> {
  await clerkClient.users.updateUserMetadata(userId, {
    publicMetadata: publicMetadata.parse({ role: 'shopper' }),
    privateMetadata: privateMetadata.parse({ stripeId }),
  });
}

export async function describeUser(userId: string): Promise<{ role: string; city: string; stripeId: string | undefined }> {
  const user = await clerkClient.users.getUser(userId);
  // The person has written it, with or without your page.
  const { address } = unsafeMetadata.catch({}).parse(user.unsafeMetadata);
  return { role: user.publicMetadata.role ?? 'visitor', city: address?.city ?? 'unknown', stripeId: user.privateMetadata.stripeId };
}
