import { type Letter, PostOffice } from '../support/post-office.js';
import { expectBooksToAgree, resume, sweep } from '../support/story.js';
import { tellWholeStory, traces } from '../support/whole-story.js';
import { World } from '../support/world.js';

describe('the same story ends in the same way', () => {
  let expected: object;

  /** Tells the story in a world of its own with the doors shut, lets `bring` deal with the letters, answers what is left. */
  async function ending(bring: (post: PostOffice, world: World) => Promise<void>): Promise<object> {
    const world = await World.start();
    try {
      const post = await PostOffice.shutDoors(world);
      await tellWholeStory(world);
      await bring(post, world);
      await world.settle();
      await resume(world);
      await expectBooksToAgree(world);
      return await traces(world);
    } finally {
      await world.stop();
    }
  }

  /** What we do about a letter can make Stripe write another. */
  async function everyLetter(
    post: PostOffice,
    handOver: (letters: Letter[]) => Promise<unknown>,
  ): Promise<void> {
    for (let letters = post.take(); letters.length > 0; letters = post.take()) {
      await handOver(letters);
      await post.heard();
    }
  }

  beforeAll(async () => {
    const world = await World.start();
    try {
      await tellWholeStory(world);
      await expectBooksToAgree(world);
      expected = await traces(world);
    } finally {
      await world.stop();
    }
    // The story is worth telling: something of each kind is in it.
    expect(expected).toMatchObject({
      orders: expect.arrayContaining(
        ['paid', 'refunded', 'canceled'].map((status) => expect.objectContaining({ status }) as object),
      ) as object,
      payouts: expect.arrayContaining([
        expect.objectContaining({ status: 'paid', composed: true }),
      ]) as object,
    });
  });

  it('when every event is delivered eight times at once', async () => {
    const found = await ending(async (post, world) => {
      await everyLetter(post, (letters) => Promise.all(letters.map((letter) => post.deliver(letter, 8))));
      const [twice] = await world.rows(
        `select event_id from stripe.inbox_events group by 1 having count(*) > 1`,
      );
      expect(twice).toBeUndefined();
    });
    expect(found).toEqual(expected);
  });

  it('when all events come in reverse order, one after the other', async () => {
    const found = await ending((post) =>
      everyLetter(post, async (letters) => {
        for (const letter of letters.reverse()) {
          await post.deliver(letter);
          await post.heard();
        }
      }),
    );
    expect(found).toEqual(expected);
  });

  it('when all events come in reverse order at once, and again in the right one', async () => {
    const found = await ending((post) =>
      everyLetter(post, async (letters) => {
        await Promise.all([...letters].reverse().map((letter) => post.deliver(letter)));
        for (const letter of letters) await post.deliver(letter);
      }),
    );
    expect(found).toEqual(expected);
  });

  it('when no event ever arrives and the sweeps find everything', async () => {
    const found = await ending(async (post, world) => {
      expect(post.take().length).toBeGreaterThan(50);
      await world.mirrorEverything();
      await sweep(world);
    });
    expect(found).toEqual(expected);
  });
});
