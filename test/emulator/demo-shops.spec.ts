import type { StripeApi } from '#stripe';
import { answerStripesQuestions } from '../../apps/worker/src/seed-onboarding.stripe.js';
import { Bench } from './support.js';

describe('the demo’s answers to what Stripe asks', () => {
  it.each([
    ['US', 'usd'],
    ['DE', 'eur'],
    ['CA', 'cad'],
  ])(
    'open a shop in %s: paid, paid out, with a dashboard, and nothing left to ask',
    async (country, currency) => {
      const bench = await Bench.start();
      const { stripe } = bench;
      const id = await bench.seller({ onboarded: false, country: country.toLowerCase() });
      await answerStripesQuestions({ sdk: stripe } as StripeApi, id, {
        givenName: 'June',
        surname: 'Redfern',
        email: 'june@example.com',
        country,
        currency,
        sells: 'Bowls and vases, thrown by hand.',
      });
      const include = ['configuration.recipient' as const, 'requirements' as const];
      const account = await stripe.v2.core.accounts.retrieve(id, { include });
      expect(account.configuration!.recipient!.capabilities!.stripe_balance).toMatchObject({
        stripe_transfers: { status: 'active' },
        payouts: { status: 'active' },
      });
      expect(account.requirements!.entries).toEqual([]);
      expect((await stripe.accounts.createLoginLink(id)).url).toContain(id);
      await bench.stop();
    },
  );
});
