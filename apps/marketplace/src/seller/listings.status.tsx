import type { ListingStatus } from '#catalog';
import { Badge, type Tone } from '../ui/index.js';

export const listingStatuses: Record<ListingStatus, { tone: Tone; word: string; sentence: string }> = {
  draft: { tone: 'neutral', word: 'Draft', sentence: 'Only you can see it. Publish it when it is ready.' },
  published: {
    tone: 'good',
    word: 'Published',
    sentence: 'Buyers can find it and buy it while your shop is open.',
  },
  archived: {
    tone: 'neutral',
    word: 'Archived',
    sentence: 'Nobody can buy it. Orders that name it keep it. You can bring it back as a draft.',
  },
};

export const ListingBadge = ({ status }: { status: ListingStatus }) => (
  <Badge tone={listingStatuses[status].tone}>{listingStatuses[status].word}</Badge>
);
