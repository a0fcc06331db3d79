import { Catalog, Listings, Pictures } from '#catalog';
import { Orders } from '#orders';
import { offer, openShop, paidOrder, type Shop } from '../support/story.js';
import { World } from '../support/world.js';

/** Differs from every other of these: equal pictures are one. */
const png = (words: string) =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(words)]);

describe('pictures that no listing shows any more', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  /** A draft or published listing, and a way to add pictures to it. */
  async function listing(title: string) {
    const variant = await offer(world, shop, { price: 2500n });
    const [row] = await world.rows<{ id: string }>(
      `select listing_id as id from catalog.variants where id = $1`,
      [variant],
    );
    const { id } = row!;
    const add = async (words: string) => {
      const view = await world
        .get(Pictures)
        .upload(shop.owner, shop.id, id, { bytes: png(words), alt: title });
      return view.pictures.at(-1)!.fileId;
    };
    const remove = (fileId: string) => world.get(Pictures).remove(shop.owner, shop.id, id, fileId);
    return { id, variant, add, remove };
  }

  const stored = async () =>
    (await world.rows<{ id: string }>(`select id from files.files order by id`)).map(({ id }) => id);
  /** Their day is over. */
  async function aDayLater(): Promise<void> {
    await world.rows(
      `update graphile_worker._private_jobs set run_at = now() where run_at < now() + interval '25 hours'`,
    );
    await world.settle();
  }

  it('are deleted after a day, those of other listings and of orders are not', async () => {
    const [mug, jug] = [await listing('Mug'), await listing('Jug')];
    const sold = await mug.add('stood for the mug');
    const [plain, shared] = [await mug.add('the mug from behind'), await mug.add('mug and jug')];
    const first = await jug.add('stood for the jug');
    expect(await jug.add('mug and jug')).toBe(shared);
    const order = await paidOrder(world, mug.variant);

    for (const fileId of [plain, shared, sold]) await mug.remove(fileId);
    await world.settle();
    expect(await stored()).toEqual([sold, plain, shared, first].sort());
    await aDayLater();
    expect(await stored()).toEqual([sold, shared, first].sort());
    const { lines } = (await world.get(Orders).byId(order.id))!;
    expect(lines[0]!.pictureUrl).toBe(`/files/${sold}`);
    expect((await world.visitor().open(`/files/${sold}`)).status).toBe(200);
    expect((await world.visitor().open(`/files/${plain}`)).status).toBe(404);

    await jug.remove(shared);
    // Back within the day: it stays.
    const again = await listing('Cup');
    await again.add('stands for the cup');
    expect(await again.add('mug and jug')).toBe(shared);
    await aDayLater();
    expect(await stored()).toContain(shared);
    await again.remove(shared);
    await aDayLater();
    expect(await stored()).not.toContain(shared);
  });

  it('are not even kept where they could not be added', async () => {
    const before = await stored();
    const { id, add } = await listing('Plate');
    const refused = world.get(Pictures).upload(shop.owner, shop.id, id, { bytes: png('no words'), alt: ' ' });
    await expect(refused).rejects.toMatchObject({ code: 'picture_invalid' });
    expect(await stored()).toEqual(before);
    await world.get(Listings).move(shop.owner, shop.id, id, 'unpublish');
    const draft = await add('seen by nobody');
    await world.get(Pictures).remove(shop.owner, shop.id, id, draft);
    await aDayLater();
    expect(await stored()).toEqual(before);
    expect((await world.get(Catalog).listing(id)).pictures).toEqual([]);
  });
});
