import type { DemoShop } from '../demo-shop.js';
import { FLOOR, room } from '../drawing/scene.js';
import { candle } from '../drawing/table-things.js';
import { vessel } from '../drawing/vessel.js';

function pillars(): string {
  const canvas = room('night', 'arch', 41);
  candle(canvas, 270, FLOOR, 78, 300, '#e0a848');
  candle(canvas, 540, FLOOR - 10, 74, 220, '#d9983a');
  candle(canvas, 420, FLOOR + 60, 84, 150, '#e6b55c');
  return canvas.toSvg();
}

function tapers(): string {
  const canvas = room('plum', 'window', 42);
  for (const [x, height, colour] of [
    [330, 330, '#e6b55c'],
    [480, 290, '#7d3f3a'],
  ] as const) {
    vessel(canvas, { x, y: FLOOR + 30, profile: [[0, 74], [14, 76], [26, 40], [60, 30], [92, 40]], colour: '#a8823f', inside: '#6b5224' }); // prettier-ignore
    candle(canvas, x, FLOOR - 56, 21, height, colour);
  }
  return canvas.toSvg();
}

function potCandle(): string {
  const canvas = room('clay', 'sun', 43);
  candle(canvas, 400, FLOOR - 120, 90, 60, '#ead9b0');
  vessel(canvas, { x: 400, y: FLOOR + 20, profile: [[0, 128], [20, 140], [110, 142], [190, 140]], colour: '#5f7f6a', inside: '#ead9b0', bands: [{ from: 50, to: 120, colour: '#f1e6d2' }] }); // prettier-ignore
  canvas.add(
    '<path d="M400 472c2 -10 -2 -14 1 -26" stroke="#3a2f2a" stroke-width="5" fill="none"/><path d="M400 452c-24 -8 -24 -42 2 -88c24 46 24 78 -2 88Z" fill="#f4a83c"/><path d="M400 450c-12 -6 -12 -28 1 -54c13 26 13 48 -1 54Z" fill="#fff3c4"/>',
  );
  return canvas.toSvg();
}

export const hiveAndWick: DemoShop = {
  slug: 'hive-and-wick',
  name: 'Hive & Wick',
  country: 'GB',
  currency: 'gbp',
  description:
    'Beeswax candles poured in a shed in Shropshire, ten steps from the hives. Nothing is added: the colour and the scent are the bees’ own work.',
  owner: { name: 'Tom Ashworth', email: 'tom@hive-and-wick.example' },
  listings: [
    {
      title: 'Beeswax pillars, set of three',
      description:
        'Three solid pillars that burn for about a hundred and forty hours together. They smell faintly of honey, and the wax is filtered only once so that it keeps its colour.',
      category: 'Home',
      variants: [{ name: 'Three sizes', amountMinor: 3600n, stock: 13 }],
      picture: {
        svg: pillars(),
        alt: 'Three lit beeswax pillar candles of different heights against a dark wall',
      },
      shippingMinor: 450n,
    },
    {
      title: 'Dipped tapers, one pair',
      description:
        'Dipped thirty times by hand, which gives them their gentle curve. They burn upright for nine hours without dripping when kept out of a draught.',
      category: 'Home',
      variants: [
        { name: 'Honey and madder', amountMinor: 1400n, stock: 26 },
        { name: 'Honey and honey', amountMinor: 1200n, stock: 31 },
      ],
      picture: { svg: tapers(), alt: 'Two lit taper candles, one honey and one dark red, in brass holders' },
      shippingMinor: 350n,
    },
    {
      title: 'Candle in a stoneware pot',
      description:
        'A broad, slow candle in a pot from a neighbour’s kiln. When it has burned down, wash the pot with hot water and keep it for salt or pens.',
      category: 'Home',
      variants: [{ name: 'Sage pot', amountMinor: 2800n, stock: 1 }],
      picture: { svg: potCandle(), alt: 'A lit candle in a green stoneware pot with a cream band' },
      shippingMinor: 450n,
    },
  ],
};
