import { ResourcePart } from './base.ts';
import type { BaseResource } from './base.ts';
import type { IdentificationLinkResource } from './types.ts';

/** The accounts at providers that have brought an address or a number along. */
export const identificationLinks = (links: object[] | null | undefined, owner: BaseResource): IdentificationLinkResource[] =>
  (links ?? []).map((link) => Object.assign(new ResourcePart(owner), link as { id: string; type: string }));
