import { differences, pictureOf } from '../../apps/stripe-emulator/src/conform/picture.js';
import { play } from '../../apps/stripe-emulator/src/conform/play.stripe.js';
import { Bench } from './support.js';

describe('the scenarios that compare the emulator with Stripe', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  it('hold on the emulator for all that the documentation says', async () => {
    const played = await play(bench.stripe, () => bench.advance(0.25));
    expect(played.flatMap(({ name, broken }) => broken.map((line) => `${name}: ${line}`))).toEqual([]);
    expect(played.flatMap(({ pictures }) => [...pictures.keys()]).length).toBeGreaterThan(100);
    expect(played.reduce((sum, { claims }) => sum + claims, 0)).toBeGreaterThan(100);
  });

  it('show no difference between one emulator and another', async () => {
    const other = await Bench.start({ seed: 99, now: new Date('2026-12-24T09:00:00Z') });
    const [ours, theirs] = [
      await play(bench.stripe, () => bench.advance(0.25)),
      await play(other.stripe, () => other.advance(0.25)),
    ];
    await other.stop();
    for (const [index, { pictures }] of ours.entries())
      for (const [label, picture] of pictures)
        expect([label, differences(picture, theirs[index]!.pictures.get(label)!)]).toEqual([label, []]);
  });

  it('show amounts, codes and shapes that differ, and neither ids nor times', () => {
    const ours = pictureOf({ id: 'ch_1234567890', amount: 1000, created: 1_790_000_000, old: null });
    const same = pictureOf({ id: 'ch_abcdefghij', amount: 1000, created: 1_790_000_001, old: null });
    expect(differences(ours, same)).toEqual([]);
    const other = pictureOf({ id: 'py_1234567890', amount: 999, created: 1_790_000_000, more: [] });
    expect(differences(ours, other)).toEqual([
      'amount: 1000 here, 999 at Stripe',
      'id: <ch_…> here, <py_…> at Stripe',
      'more: only Stripe has it (list of 0)',
      'old: only the emulator has it (null)',
    ]);
  });
});
