import { Attempts } from '#stripe';
import { dieAt, STEPS } from '../support/dying-process.js';
import { PostOffice } from '../support/post-office.js';
import { expectBooksToAgree, openShop, person, resume } from '../support/story.js';
import { World } from '../support/world.js';
import { scenarios, type Stage } from './killed-at-every-step.scenarios.js';

describe('a process that is killed between persisting an attempt and recording its outcome', () => {
  let stage: Stage;
  beforeAll(async () => {
    const world = await World.start();
    const shop = await openShop(world, 'Redfern Pottery');
    stage = { world, shop, admin: await person(world, { admin: true }) };
  });
  afterAll(() => stage?.world.stop());

  it('is tried at every kind of write that the code has', () => {
    expect(Object.keys(scenarios).sort()).toEqual(stage.world.get(Attempts).kinds);
  });

  it.each(Object.keys(scenarios))(
    '%s: whatever the step, it is done once, and everything is whole',
    async (kind) => {
      const { world } = stage;
      const scenes = await Promise.all(
        STEPS.map(async (step) => ({ step, ...(await scenarios[kind]!(stage, step)) })),
      );
      const post = await PostOffice.shutDoors(world);
      await world.stopJobs();
      const verbs = await Promise.all(scenes.map(async ({ step, verb }) => ({ step, ...(await verb()) })));
      await dieAt(world, kind, verbs);
      expect(scenes.map(({ atStripe }) => atStripe())).toEqual(
        STEPS.map((step) => (step === 'committed' ? 0 : 1)),
      );
      expect(await openAttempts(kind)).toHaveLength(STEPS.length - 1);
      await world.startJobs();
      await resume(world);

      expect(await openAttempts(kind)).toEqual([]);
      expect(scenes.map(({ atStripe }) => atStripe())).toEqual(STEPS.map(() => 1));
      for (const { isWhole } of scenes) await isWhole();
      // The news of all this come last, and change nothing.
      for (const letter of post.take()) await post.deliver(letter);
      await post.openDoors();
      await expectBooksToAgree(world);
      expect(scenes.map(({ atStripe }) => atStripe())).toEqual(STEPS.map(() => 1));
    },
    120_000,
  );

  async function openAttempts(kind: string): Promise<string[]> {
    const rows = await stage.world.rows<{ id: string }>(
      `select id from stripe.attempts where kind = $1 and state = 'open' order by opened_at`,
      [kind],
    );
    return rows.map(({ id }) => id);
  }
});
