import type { DemoShop } from '../demo-shop.js';
import { line } from '../drawing/canvas.js';
import { lidBox } from '../drawing/paper.js';
import { FLOOR, room, steam } from '../drawing/scene.js';
import { leaves, teapot, tin, whisk } from '../drawing/table-things.js';
import { vessel, type Profile } from '../drawing/vessel.js';

const chawan: Profile = [
  [0, 70],
  [16, 78],
  [40, 132],
  [110, 152],
  [160, 148],
];
const yunomi: Profile = [
  [0, 52],
  [14, 60],
  [70, 66],
  [130, 66],
];

function matcha(): string {
  const canvas = room('sage', 'arch', 31);
  tin(canvas, 560, FLOOR - 20, { radius: 84, height: 190 }, '#35563f', '#f1e6d2');
  vessel(canvas, { x: 340, y: FLOOR + 30, profile: chawan, colour: '#3b3a40', inside: '#57555c', filled: { colour: '#8fae4b', below: 9 }, speckles: 40 }); // prettier-ignore
  return canvas.toSvg();
}

function gyokuro(): string {
  const canvas = room('mist', 'branch', 32);
  tin(canvas, 400, FLOOR, { radius: 120, height: 290 }, '#2f5a73', '#efe3cf');
  leaves(canvas, 620, FLOOR + 70, 190, '#3f5f3a');
  return canvas.toSvg();
}

function hojicha(): string {
  const canvas = room('clay', 'window', 33);
  tin(canvas, 290, FLOOR - 14, { radius: 104, height: 240 }, '#8a4b2f', '#f2dfc0');
  vessel(canvas, { x: 540, y: FLOOR + 34, profile: yunomi.map(([up, r]) => [up * 1.15, r * 1.3]), colour: '#e8d7bc', inside: '#f6ead4', filled: { colour: '#a9602c', below: 8 }, speckles: 30 }); // prettier-ignore
  steam(canvas, 540, FLOOR - 150);
  return canvas.toSvg();
}

function sencha(): string {
  const canvas = room('honey', 'sun', 34);
  vessel(canvas, { x: 400, y: FLOOR + 40, profile: [[0, 190], [18, 232], [34, 250]], colour: '#efe3cf', inside: '#fbf3e2' }); // prettier-ignore
  leaves(canvas, 400, FLOOR + 10, 330, '#4f7a3f');
  return canvas.toSvg();
}

function kyusu(): string {
  const canvas = room('night', 'sun', 35);
  canvas.add(line(`M520 ${FLOOR - 120}L690 ${FLOOR - 172}`, '#6b3424', 46));
  canvas.add(line(`M522 ${FLOOR - 128}L686 ${FLOOR - 178}`, '#9a5238', 22));
  teapot(canvas, 420, FLOOR + 10, '#9c4f35', { speckles: 20 });
  return canvas.toSvg();
}

function chasen(): string {
  const canvas = room('rose', 'window', 36);
  whisk(canvas, 330, FLOOR + 20, 1.25);
  vessel(canvas, { x: 580, y: FLOOR + 30, profile: [[0, 62], [30, 74], [90, 56], [104, 66]], colour: '#7f9a8a', inside: '#4f6a5a' }); // prettier-ignore
  return canvas.toSvg();
}

function tastingBox(): string {
  const canvas = room('plum', 'branch', 37);
  const colours = ['#35563f', '#2f5a73', '#8a4b2f', '#b98a34'];
  colours.forEach((colour, at) =>
    tin(canvas, 215 + at * 124, FLOOR - 70, { radius: 52, height: 150 }, colour, '#f1e6d2'),
  );
  lidBox(canvas, { x: 170, y: FLOOR + 70, w: 460, h: 150 }, 'linen', '#c9a06a', '#f1e6d2');
  return canvas.toSvg();
}

export const asagiriTea: DemoShop = {
  slug: 'asagiri-tea',
  name: 'Asagiri Tea House',
  country: 'CA',
  currency: 'cad',
  description:
    'The Moriya family has grown tea on the morning-mist side of the hills of Wazuka, near Kyoto, for four generations. Haruka Moriya’s tea house in Vancouver sends it out in the week in which it lands.',
  owner: { name: 'Haruka Moriya', email: 'haruka@asagiri.example' },
  listings: [
    {
      title: 'Ceremonial matcha Asahi',
      description:
        'Stone-ground from shaded Asahi leaves on the day it is packed. Deep green, sweet at first and then long and savoury; made for thick or thin tea with water only.',
      category: 'Tea',
      variants: [
        { name: '20 g tin', amountMinor: 2400n, stock: 60 },
        { name: '40 g tin', amountMinor: 4400n, stock: 35 },
      ],
      picture: { svg: matcha(), alt: 'A dark bowl of bright green matcha beside a green tin' },
      shippingMinor: 600n,
    },
    {
      title: 'Gyokuro, first harvest',
      description:
        'Shaded under straw for twenty days before picking. Brew it cool and small, at fifty degrees, and it tastes of broth, chestnut and fresh peas.',
      category: 'Tea',
      variants: [
        { name: '50 g', amountMinor: 3200n, stock: 28 },
        { name: '100 g', amountMinor: 6000n, stock: 12 },
      ],
      picture: { svg: gyokuro(), alt: 'A blue tea tin with a small heap of dark green needles' },
      shippingMinor: 600n,
    },
    {
      title: 'Hojicha, roasted over sand',
      description:
        'Autumn leaves and stems, roasted slowly in a drum of hot sand until they smell of caramel and toast. Low in caffeine, so it suits the evening.',
      category: 'Tea',
      variants: [
        { name: '100 g', amountMinor: 1200n, stock: 80 },
        { name: '200 g', amountMinor: 2200n, stock: 45 },
      ],
      picture: { svg: hojicha(), alt: 'A brown tea tin and a steaming cup of amber tea' },
      shippingMinor: 600n,
    },
    {
      title: 'Sencha from the upper field',
      description:
        'Bright, grassy and clean, from bushes at four hundred metres where the mornings stay cold. A good tea to begin with, and forgiving of hot water.',
      category: 'Tea',
      variants: [{ name: '100 g', amountMinor: 1600n, stock: 70 }],
      picture: { svg: sencha(), alt: 'A shallow dish heaped with green sencha leaves' },
      shippingMinor: 600n,
    },
    {
      title: 'Tokoname kyusu teapot',
      description:
        'A side-handled pot of red Tokoname clay, with a strainer of clay built into its wall. Holds 280 ml, the right size for two people and three infusions.',
      category: 'Ceramics',
      variants: [{ name: 'Red clay, 280 ml', amountMinor: 8800n, stock: 4 }],
      picture: { svg: kyusu(), alt: 'A red clay teapot with a side handle in front of a pale moon' },
      shippingMinor: 900n,
    },
    {
      title: 'Bamboo whisk with stand',
      description:
        'Cut from a single piece of white bamboo into a hundred tines by a maker in Takayama. The ceramic stand keeps its shape while it dries.',
      category: 'Tea',
      variants: [{ name: '100 tines, with stand', amountMinor: 4200n, stock: 17 }],
      picture: { svg: chasen(), alt: 'A bamboo tea whisk beside its green ceramic stand' },
      shippingMinor: 600n,
    },
    {
      title: 'Tasting box of four teas',
      description:
        'Matcha, gyokuro, hojicha and genmaicha in small tins, with a card that says how to brew each. Enough for about five pots of every tea.',
      category: 'Tea',
      variants: [{ name: 'Four tins', amountMinor: 5800n, stock: 22 }],
      picture: { svg: tastingBox(), alt: 'Four small tea tins in different colours behind a gift box' },
      shippingMinor: 0n,
    },
  ],
};
