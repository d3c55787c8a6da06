import type { IdentificationLinkResource } from './types.ts';

/** The accounts at providers that have brought an address or a number along. */
export const identificationLinks = (links: object[] | null | undefined): IdentificationLinkResource[] =>
  (links ?? []).map((link) => ({ ...(link as IdentificationLinkResource) }));
