import type { SellerView, Stage } from '#sellers';
import type { Tone } from '../ui/index.js';

/** Every stage of a seller as a word and a sentence; the same badge wherever a seller is shown. */
export const stageWords: Record<Stage, { tone: Tone; word: string; sentence: string; forAdmins: string }> = {
  new: {
    tone: 'waiting',
    word: 'Being set up',
    sentence: 'Stripe is opening an account for your shop. This usually takes seconds.',
    forAdmins: 'Stripe has not opened an account yet.',
  },
  onboarding: {
    tone: 'waiting',
    word: 'Not open yet',
    sentence: 'Stripe has to know who it pays. Answer its questions and your shop can open.',
    forAdmins: 'Stripe’s questions are not answered yet.',
  },
  open: {
    tone: 'good',
    word: 'Open',
    sentence: 'Your shop is open, and your sales are paid to your bank.',
    forAdmins: 'Sells and is paid out.',
  },
  attention: {
    tone: 'attention',
    word: 'Open, needs attention',
    sentence: 'Your shop is open, but Stripe needs something from you.',
    forAdmins: 'Sells, but Stripe needs something from the seller.',
  },
  restricted: {
    tone: 'bad',
    word: 'Closed by Stripe',
    sentence: 'Stripe has stopped payments to your shop, so nothing can be sold until that is settled.',
    forAdmins: 'Stripe has stopped payments to this seller.',
  },
  suspended: {
    tone: 'bad',
    word: 'Suspended',
    sentence: 'The marketplace has suspended your shop. Nothing can be sold until that is settled.',
    forAdmins: 'Suspended by an admin.',
  },
  closed: {
    tone: 'bad',
    word: 'No Stripe account',
    sentence: 'Your Stripe account was closed or disconnected. Connect a new one to sell again.',
    forAdmins: 'The Stripe account was closed or disconnected.',
  },
};

/** What the button that leads to Stripe's pages says; null where Stripe's pages can't help. */
export function stripeButton(seller: SellerView): string | null {
  const mustAct = seller.requirements.some(({ who }) => who === 'you');
  switch (seller.stage) {
    case 'new':
      return 'Go on with Stripe';
    case 'onboarding':
      return mustAct ? 'Answer Stripe’s questions' : null;
    case 'closed':
      return 'Connect a new Stripe account';
    default:
      return mustAct ? 'Give Stripe what is missing' : null;
  }
}

/** Nothing more will change by itself within the next minute. */
export function isSettled(seller: SellerView): boolean {
  const waitsForStripe =
    seller.requirements.length > 0 && seller.requirements.every(({ who }) => who === 'stripe');
  return seller.stage !== 'new' && !(seller.stage === 'onboarding' && waitsForStripe);
}
