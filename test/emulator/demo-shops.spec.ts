import type Stripe from 'stripe';
import { seedDemo } from '../../apps/worker/src/demo-seed.js';
import { World } from '../support/world.js';

/** What stands in the way of a shop; an open one has nothing there. */
const obstacles = ({ configuration, requirements }: Stripe.V2.Core.Account) => {
  const { stripe_transfers, payouts } = configuration!.recipient!.capabilities!.stripe_balance!;
  return [
    ...(requirements!.entries ?? []).map((entry) => entry.description),
    ...[stripe_transfers!.status, payouts!.status].filter((status) => status !== 'active'),
  ];
};

describe('the demo', () => {
  it('leaves three shops that can be paid and paid out, with a dashboard, and one that has still to onboard', async () => {
    const world = await World.start();
    try {
      await seedDemo(world.worker);
      const open: string[] = [];
      const { accounts } = world.stripe.v2.core;
      for await (const { id } of accounts.list()) {
        const shop = await accounts.retrieve(id, { include: ['configuration.recipient', 'requirements'] });
        if (obstacles(shop).length === 0) open.push(id);
      }
      expect(open).toHaveLength(3);
      for (const id of open) expect((await world.stripe.accounts.createLoginLink(id)).url).toContain(id);
    } finally {
      await world.stop();
    }
  });
});
