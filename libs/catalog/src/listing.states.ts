import { StateTable } from '#kernel';

export type ListingStatus = 'draft' | 'published' | 'archived';

/** A draft is the seller's own; an archived listing stays for the orders that name it, and can come back as a draft. */
export const listingStates = new StateTable<ListingStatus, 'publish' | 'unpublish' | 'archive' | 'restore'>(
  'listing',
  'draft',
  [
    { from: 'draft', verb: 'publish', actor: 'seller', to: 'published' },
    { from: 'published', verb: 'unpublish', actor: 'seller', to: 'draft' },
    { from: ['draft', 'published'], verb: 'archive', actor: 'seller', to: 'archived' },
    { from: 'archived', verb: 'restore', actor: 'seller', to: 'draft' },
  ],
);
