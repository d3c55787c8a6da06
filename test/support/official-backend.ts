/** Clerk's package for backends, for a local API. */
import { createClerkClient } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import type { TestApi } from './api.ts';

export const createOfficialBackend = (api: Pick<TestApi, 'secretKey' | 'publishableKey' | 'backendUrl'>): ClerkClient =>
  createClerkClient({
    secretKey: api.secretKey,
    publishableKey: api.publishableKey,
    apiUrl: api.backendUrl,
    // Tests speak to nobody but the local API.
    telemetry: { disabled: true },
  });
