import type { DemoShop } from '../demo-shop.js';
import { book, envelope, lidBox, openBook, pile, sheet } from '../drawing/paper.js';
import { FLOOR, room } from '../drawing/scene.js';

function linenNotebook(): string {
  const canvas = room('honey', 'window', 21);
  book(canvas, { x: 360, y: FLOOR - 10, w: 260, h: 360, colour: '#d9c9a8', lean: 4 });
  book(canvas, { x: 210, y: FLOOR + 40, w: 280, h: 390, colour: '#3d6a66', label: true, ribbon: '#c8603f' });
  return canvas.toSvg();
}

function marbledPaper(): string {
  const canvas = room('sage', 'sun', 22);
  const sheets = [
    [-24, '#a94f3d', '#e2b45c'],
    [-12, '#2f5d73', '#d98c5f'],
    [0, '#7a4a6d', '#e0b7a0'],
    [12, '#3f6f57', '#e5c982'],
    [24, '#b8803a', '#3d4f6b'],
  ] as const;
  sheets.forEach(([turn, colour, second], at) =>
    sheet(
      canvas,
      { x: 190 + at * 42, y: 200 + Math.abs(turn) * 1.6, w: 260, h: 380, turn },
      'marbled',
      colour,
      second,
    ),
  );
  return canvas.toSvg();
}

function sketchbooks(): string {
  const canvas = room('clay', 'arch', 23);
  pile(canvas, 400, FLOOR + 30, [
    { w: 430, thick: 74, colour: '#34435e' },
    { w: 400, thick: 62, colour: '#b7653f', dx: 14 },
    { w: 412, thick: 56, colour: '#d8b25e', dx: -10 },
    { w: 360, thick: 48, colour: '#5f7f6a', dx: 16 },
  ]);
  canvas.add(
    '<g transform="translate(290 398) rotate(-5)"><rect width="230" height="15" rx="3" fill="#c9573c"/><path d="M230 0l38 7.5l-38 7.5Z" fill="#efd9b0"/><path d="M256 5l12 2.5l-12 2.5Z" fill="#3a2f2a"/><rect x="-16" width="18" height="15" rx="3" fill="#e4b7ac"/></g>',
  );
  return canvas.toSvg();
}

function letterSet(): string {
  const canvas = room('rose', 'branch', 24);
  envelope(canvas, { x: 300, y: 250, w: 340, turn: 12 }, '#cbd8d2');
  sheet(canvas, { x: 190, y: 250, w: 240, h: 330, turn: -10 }, 'plain', '#fbf3e2', '#fbf3e2');
  envelope(canvas, { x: 190, y: 390, w: 380, turn: -4 }, '#e6cfa4', '#a8433a');
  return canvas.toSvg();
}

function keepsakeBox(): string {
  const canvas = room('mist', 'window', 25);
  lidBox(canvas, { x: 180, y: FLOOR + 40, w: 440, h: 240 }, 'leaves', '#2f5560', '#d9b877');
  return canvas.toSvg();
}

function album(): string {
  const canvas = room('plum', 'sun', 26);
  openBook(canvas, 400, FLOOR + 50, 600, '#7d3f3a');
  return canvas.toSvg('whole');
}

function pocketTrio(): string {
  const canvas = room('sand', 'arch', 27);
  book(canvas, {
    x: 150,
    y: FLOOR + 10,
    w: 160,
    h: 250,
    colour: '#c8603f',
    second: '#f0d9b5',
    pattern: 'dots',
    lean: -3,
  });
  book(canvas, {
    x: 330,
    y: FLOOR + 24,
    w: 160,
    h: 250,
    colour: '#e3c27a',
    second: '#b98a34',
    pattern: 'stripes',
  });
  book(canvas, {
    x: 510,
    y: FLOOR + 10,
    w: 160,
    h: 250,
    colour: '#41607a',
    second: '#a9c0c8',
    pattern: 'leaves',
    lean: 3,
  });
  return canvas.toSvg();
}

export const falzUndFaden: DemoShop = {
  slug: 'falz-und-faden',
  name: 'Falz & Faden',
  country: 'DE',
  currency: 'eur',
  description:
    'A bindery of three people in Leipzig’s old printing quarter. Falz & Faden, fold and thread, sews every book by hand on frames from 1911 and marbles its own papers on Thursdays.',
  owner: { name: 'Katrin Vogel', email: 'katrin@falz-und-faden.example' },
  listings: [
    {
      title: 'Linen notebook A5',
      description:
        'Two hundred pages of cream paper that takes a fountain pen without bleeding. Sewn in eight sections, so it lies flat from the first page to the last.',
      category: 'Paper and books',
      variants: [
        { name: 'Fir green, plain', amountMinor: 2800n, stock: 30 },
        { name: 'Fir green, dotted', amountMinor: 2900n, stock: 18 },
        { name: 'Oat, plain', amountMinor: 2800n, stock: 21 },
      ],
      picture: {
        svg: linenNotebook(),
        alt: 'Two linen-bound notebooks, one fir green with a label and one oat',
      },
      shippingMinor: 490n,
    },
    {
      title: 'Marbled papers, set of five',
      description:
        'Five sheets of 50 × 70 cm, each pulled once from the size bath and therefore the only one of its kind. Good for book covers, boxes and lampshades.',
      category: 'Paper and books',
      variants: [{ name: 'Five sheets', amountMinor: 4200n, stock: 14 }],
      picture: { svg: marbledPaper(), alt: 'Five sheets of marbled paper fanned out on a table' },
      shippingMinor: 690n,
    },
    {
      title: 'Sketchbook, thread-bound',
      description:
        'Heavy drawing paper of 160 g that stands up to ink, charcoal and light washes. The cover boards are two millimetres thick and survive a backpack.',
      category: 'Paper and books',
      variants: [
        { name: '21 × 21 cm', amountMinor: 3400n, stock: 16 },
        { name: 'A4', amountMinor: 4600n, stock: 7 },
      ],
      picture: { svg: sketchbooks(), alt: 'A pile of four sketchbooks with a red pencil on top' },
      shippingMinor: 490n,
    },
    {
      title: 'Letter set with wax seal',
      description:
        'Twelve sheets and twelve envelopes of cotton paper, with a stick of madder-red wax and a small brass stamp. Enough for a season of proper letters.',
      category: 'Paper and books',
      variants: [
        { name: 'Sand', amountMinor: 3200n, stock: 10 },
        { name: 'Eucalyptus', amountMinor: 3200n, stock: 0 },
      ],
      picture: {
        svg: letterSet(),
        alt: 'Two envelopes and a sheet of writing paper, one envelope closed with red wax',
      },
      shippingMinor: 490n,
    },
    {
      title: 'Keepsake box with leaf paper',
      description:
        'A sturdy box for letters and photographs, made of grey board without acid and covered in our own block-printed paper. The label on the lid is meant to be written on.',
      category: 'Home',
      variants: [{ name: 'A4, petrol', amountMinor: 5400n, stock: 6 }],
      picture: {
        svg: keepsakeBox(),
        alt: 'A petrol-coloured box with a pattern of golden leaves and a paper label',
      },
      shippingMinor: 690n,
    },
    {
      title: 'Photo album with forty pages',
      description:
        'Forty pages of soft card with tissue between them. The back has a hollow that leaves room for pictures, so the album stays flat when it is full.',
      category: 'Paper and books',
      variants: [
        { name: '24 × 24 cm', amountMinor: 6200n, stock: 9 },
        { name: '30 × 30 cm', amountMinor: 7900n, stock: 4 },
      ],
      picture: { svg: album(), alt: 'An open photo album with a landscape picture on each page' },
      shippingMinor: 690n,
    },
    {
      title: 'Pocket notebooks, set of three',
      description:
        'Three small books of sixty-four pages for a coat pocket, covered in patterns from our archive. Stitched with waxed linen thread in a colour that you can see.',
      category: 'Paper and books',
      variants: [{ name: 'Dots, stripes and leaves', amountMinor: 1900n, stock: 40 }],
      picture: { svg: pocketTrio(), alt: 'Three small notebooks covered in dots, stripes and leaves' },
      shippingMinor: 350n,
    },
  ],
};
