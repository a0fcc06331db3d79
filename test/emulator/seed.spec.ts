import { World } from '../support/world.js';
import { seedDemo } from '../../apps/worker/src/demo-seed.js';

describe('demo', () => {
  it('seeds', async () => {
    const world = await World.start();
    try {
      console.log(await seedDemo(world.worker));
      for await (const a of world.stripe.v2.core.accounts.list()) {
        const x = await world.stripe.v2.core.accounts.retrieve(a.id, { include: ['configuration.recipient', 'requirements', 'identity'] });
        console.log(JSON.stringify([x.display_name, x.identity?.country, x.configuration, x.requirements]));
      }
    } finally { await world.stop(); }
  });
});
