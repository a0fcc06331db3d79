import type { DemoShop } from '../demo-shop.js';
import { FLOOR, room, steam } from '../drawing/scene.js';
import { lid, plant, teapot } from '../drawing/table-things.js';
import { handle, vessel, type Profile } from '../drawing/vessel.js';

const cup: Profile = [
  [0, 104],
  [12, 112],
  [110, 118],
  [220, 116],
];
const bowl: Profile = [
  [0, 80],
  [20, 96],
  [60, 170],
  [130, 226],
];
const vase: Profile = [
  [0, 70],
  [70, 122],
  [150, 118],
  [230, 48],
  [300, 34],
  [330, 46],
];
const plate: Profile = [
  [0, 130],
  [14, 190],
  [34, 232],
];
const crock: Profile = [
  [0, 128],
  [40, 150],
  [120, 152],
  [180, 140],
];
const pot: Profile = [
  [0, 110],
  [110, 138],
  [215, 158],
];

function mug(): string {
  const canvas = room('sand', 'window', 11);
  handle(canvas, 512, FLOOR - 176, FLOOR - 44, 92, '#5e86a0', 30);
  vessel(canvas, {
    x: 400,
    y: FLOOR,
    profile: cup,
    colour: '#efe3cf',
    inside: '#7fa2b6',
    filled: { colour: '#4a2c1d', below: 8 },
    glaze: { down: 112, colour: '#5e86a0' },
    speckles: 70,
  });
  steam(canvas, 400, FLOOR - 250);
  return canvas.toSvg();
}

function servingBowl(): string {
  const canvas = room('sage', 'sun', 12);
  vessel(canvas, {
    x: 400,
    y: FLOOR + 10,
    profile: bowl,
    colour: '#c9724f',
    inside: '#f0e0c8',
    bands: [{ from: 92, to: 104, colour: '#f0e0c8' }],
    speckles: 50,
  });
  for (const [x, y, colour] of [
    [330, 504, '#d8a03a'],
    [392, 512, '#c8553a'],
    [456, 502, '#dfb04a'],
  ] as const) {
    vessel(canvas, { x, y, profile: [[0, 20], [30, 40], [62, 32], [76, 8]], colour }); // prettier-ignore
  }
  canvas.add('<path d="M178 506A226 45 0 0 0 622 506L612 540A226 60 0 0 1 188 540Z" fill="#c9724f"/>');
  canvas.add('<path d="M176 502A226 45 0 0 0 624 502" fill="none" stroke="#e2a184" stroke-width="9"/>');
  return canvas.toSvg();
}

function budVase(): string {
  const canvas = room('rose', 'arch', 13);
  canvas.add(
    '<path d="M400 330C396 240 420 170 398 96M402 320C430 250 470 220 486 160M398 320C380 260 340 240 322 190" fill="none" stroke="#6f7f55" stroke-width="6" stroke-linecap="round"/>',
  );
  for (const [x, y] of [
    [398, 92],
    [488, 152],
    [320, 184],
  ] as const) {
    for (let petal = 0; petal < 7; petal++)
      canvas.add(
        `<ellipse cx="${x}" cy="${y - 26}" rx="14" ry="28" fill="${petal % 2 ? '#f6e4c9' : '#efd2a6'}" transform="rotate(${petal * 51.4} ${x} ${y})"/>`,
      );
    canvas.add(`<circle cx="${x}" cy="${y}" r="13" fill="#b9772e"/>`);
  }
  vessel(canvas, {
    x: 400,
    y: FLOOR + 10,
    profile: vase,
    colour: '#7f5a72',
    inside: '#3d2a3a',
    bands: [
      { from: 96, to: 106, colour: '#e8d2b4' },
      { from: 118, to: 123, colour: '#e8d2b4' },
    ],
  });
  return canvas.toSvg('whole');
}

function potForTwo(): string {
  const canvas = room('honey', 'branch', 14);
  handle(canvas, 540, FLOOR - 160, FLOOR - 50, 104, '#35596a', 30);
  teapot(canvas, 410, FLOOR, '#3f6b7e', { speckles: 60, lid: '#4a7a8e' });
  vessel(canvas, {
    x: 640,
    y: FLOOR + 70,
    profile: cup.map(([up, r]) => [up * 0.45, r * 0.55]),
    colour: '#efe3cf',
    inside: '#fff4de',
    filled: { colour: '#b8762e', below: 7 },
  });
  return canvas.toSvg();
}

function plates(): string {
  const canvas = room('mist', 'window', 15);
  const colours = ['#e9dcc6', '#8fa7a0', '#e9dcc6', '#c98a63'];
  colours.forEach((colour, at) =>
    vessel(canvas, {
      x: 400 + (at % 2) * 6,
      y: FLOOR + 20 - at * 32,
      profile: plate,
      colour,
      inside: at === 3 ? '#dca680' : colour,
      speckles: 40,
    }),
  );
  return canvas.toSvg();
}

function butterKeeper(): string {
  const canvas = room('clay', 'sun', 16);
  vessel(canvas, { x: 400, y: FLOOR + 5, profile: crock, colour: '#f1e6d2', bands: [{ from: 60, to: 72, colour: '#4f6f8f' }, { from: 84, to: 89, colour: '#4f6f8f' }], speckles: 40 }); // prettier-ignore
  lid(canvas, 400, FLOOR - 172, 146, '#f1e6d2');
  return canvas.toSvg();
}

function planter(): string {
  const canvas = room('sand', 'branch', 17);
  vessel(canvas, { x: 400, y: FLOOR + 30, profile: [[0, 150], [26, 172]], colour: '#a9583c', inside: '#8c4731' }); // prettier-ignore
  plant(canvas, 400, FLOOR - 185, '#5f8a5a');
  vessel(canvas, {
    x: 400,
    y: FLOOR + 12,
    profile: pot,
    colour: '#c06a48',
    bands: [{ from: 176, to: 215, colour: '#cf7d5a' }],
  });
  plant(canvas, 400, FLOOR - 190, '#6f9a62');
  return canvas.toSvg();
}

export const redfernPottery: DemoShop = {
  slug: 'redfern-pottery',
  name: 'Redfern Pottery',
  country: 'US',
  currency: 'usd',
  description:
    'June Redfern throws stoneware for daily use in a converted tobacco barn near Asheville, North Carolina. Each kiln holds about ninety pieces and is opened on the first Friday of the month.',
  owner: { name: 'June Redfern', email: 'june@redfern.example' },
  listings: [
    {
      title: 'Everyday mug in river blue',
      description:
        'Holds twelve ounces and sits well in two hands. The blue glaze is dipped by eye, so the line where it meets the bare clay runs a little differently on every mug. Safe in the dishwasher and the microwave.',
      category: 'Ceramics',
      variants: [
        { name: 'River blue, 12 oz', amountMinor: 3400n, stock: 24 },
        { name: 'River blue, 16 oz', amountMinor: 3900n, stock: 11 },
      ],
      picture: {
        svg: mug(),
        alt: 'A speckled stoneware mug dipped in blue glaze, filled with steaming coffee',
      },
      shippingMinor: 750n,
    },
    {
      title: 'Terracotta serving bowl',
      description:
        'A wide bowl for fruit, salad or the middle of a long table. It is fired twice and glazed inside in warm white, so dressing and juice wipe off easily.',
      category: 'Ceramics',
      variants: [
        { name: '11 inches', amountMinor: 7800n, stock: 8 },
        { name: '14 inches', amountMinor: 11200n, stock: 3 },
      ],
      picture: {
        svg: servingBowl(),
        alt: 'A wide terracotta bowl with a cream stripe, holding three pieces of fruit',
      },
      shippingMinor: 1200n,
    },
    {
      title: 'Bud vase in plum',
      description:
        'A narrow neck that holds one to three stems upright without any fuss. The two cream rings are painted on the wheel with a single brush.',
      category: 'Ceramics',
      variants: [{ name: 'Plum', amountMinor: 4600n, stock: 15 }],
      picture: { svg: budVase(), alt: 'A plum-coloured vase with three cream flowers' },
      shippingMinor: 750n,
    },
    {
      title: 'Teapot for two',
      description:
        'Pours cleanly and does not drip: the spout is cut by hand and tested with water before it leaves. Comes with a strainer of stainless steel that lifts out.',
      category: 'Ceramics',
      variants: [{ name: 'Lake blue, 20 oz', amountMinor: 9600n, stock: 5 }],
      picture: { svg: potForTwo(), alt: 'A round blue teapot beside a small cream cup of tea' },
      shippingMinor: 1200n,
    },
    {
      title: 'Dinner plates, set of four',
      description:
        'Four plates with a low rim that keeps sauce where it belongs. They stack close, and the glazes are mixed to be seen together: oat, sage, oat and clay.',
      category: 'Ceramics',
      variants: [{ name: 'Set of four', amountMinor: 14800n, stock: 6 }],
      picture: { svg: plates(), alt: 'Four stacked stoneware plates in oat, sage and clay' },
      shippingMinor: 1500n,
    },
    {
      title: 'Butter keeper',
      description:
        'Keeps a stick and a half of butter soft on the counter, under a lid that sits in a groove. The blue lines are cobalt, brushed on before the last firing.',
      category: 'Ceramics',
      variants: [{ name: 'Oat with blue lines', amountMinor: 5200n, stock: 9 }],
      picture: { svg: butterKeeper(), alt: 'A round cream jar with two blue lines and a domed lid' },
      shippingMinor: 900n,
    },
    {
      title: 'Planter with saucer',
      description:
        'Unglazed terracotta that lets roots breathe, with a drainage hole and a saucer of its own. It gains a soft white bloom over the years.',
      category: 'Home',
      variants: [
        { name: '6 inches', amountMinor: 4200n, stock: 12 },
        { name: '9 inches', amountMinor: 6800n, stock: 2 },
      ],
      picture: { svg: planter(), alt: 'A terracotta planter with a leafy green plant on a saucer' },
      shippingMinor: 1200n,
    },
  ],
};
