import { box, type Canvas, darken, ellipse, group, lighten, line, n, shape } from './canvas.js';
import { shadow } from './scene.js';

export type Pattern = 'plain' | 'linen' | 'marbled' | 'dots' | 'stripes' | 'leaves';

const PAGES = '#f6ead4';

/** A pattern over the rectangle (0, 0, w, h), cut off at its edges. */
function patterned(
  canvas: Canvas,
  pattern: Pattern,
  w: number,
  h: number,
  colour: string,
  second: string,
): string[] {
  const clip = canvas.clip(`M0 0H${w}V${h}H0Z`);
  const cut = `clip-path="${clip}"`;
  const marks: string[] = [box(0, 0, w, h, colour)];
  if (pattern === 'linen') {
    for (let y = 6; y < h; y += 9) marks.push(line(`M0 ${y}h${w}`, darken(colour, 0.3), 1, 'opacity="0.25"'));
    for (let x = 6; x < w; x += 9)
      marks.push(line(`M${x} 0v${h}`, lighten(colour, 0.4), 1, 'opacity="0.25"'));
  }
  if (pattern === 'stripes') for (let x = 0; x < w; x += 34) marks.push(box(x, 0, 15, h, second));
  if (pattern === 'dots')
    for (let y = 18, row = 0; y < h; y += 30, row++)
      for (let x = row % 2 ? 12 : 30; x < w; x += 36) marks.push(ellipse(x, y, 6, 6, second, cut));
  if (pattern === 'leaves')
    for (let y = 34, row = 0; y < h + 40; y += 56, row++)
      for (let x = row % 2 ? 20 : 54; x < w + 30; x += 68) {
        const leaves = `M${x} ${y}c-20 -8 -24 -26 -18 -40c14 8 20 22 18 40c2 -18 10 -30 24 -36c2 18 -8 32 -24 36v14`;
        marks.push(`<path d="${leaves}" fill="${second}" stroke="${second}" stroke-width="2" ${cut}/>`);
      }
  if (pattern === 'marbled')
    marks.push(...marbling(canvas, w, h, colour, second).map((d) => d.replace('/>', ` ${cut}/>`)));
  return marks;
}

function marbling(canvas: Canvas, w: number, h: number, colour: string, second: string): string[] {
  const veins = [second, lighten(colour, 0.6), darken(colour, 0.35), lighten(second, 0.35)];
  const marks: string[] = [];
  for (let y = -30, at = 0; y < h + 40; y += 17, at++) {
    const wave = `c${n(w * 0.14)} -46 ${n(w * 0.18)} 44 ${n(w * 0.3)} 6s${n(w * 0.2)} 50 ${n(w * 0.36)} 2s${n(w * 0.2)} 30 ${n(w * 0.5)} -6`;
    marks.push(
      line(`M-20 ${n(y + canvas.between(-5, 5))}${wave}`, veins[at % 4] ?? second, canvas.between(3, 10)),
    );
  }
  return marks;
}

export type Book = {
  x: number;
  /** Its lower edge. */
  y: number;
  w: number;
  h: number;
  colour: string;
  second?: string;
  pattern?: Pattern;
  /** The strip along the back. */
  spine?: string;
  label?: boolean;
  ribbon?: string;
  lean?: number;
};

/** A bound book standing upright, its cover to us and the edge of its pages at the right. */
export function book(canvas: Canvas, b: Book): void {
  const { w, h, colour, second = lighten(colour, 0.4), pattern = 'linen' } = b;
  shadow(canvas, b.x + w * 0.5, b.y - 4, w * 0.72, 26);
  const spine = b.spine ?? darken(colour, 0.35);
  const marks = [
    shape(`M${w} 8l22 -12v${h - 6}l-22 12Z`, PAGES),
    ...[6, 11, 16].map((dx) => line(`M${w + dx} ${10 - dx * 0.5}v${h - 8}`, darken(PAGES, 0.25), 1)),
    shape(`M0 0l22 -12H${w + 22}L${w} 0Z`, darken(PAGES, 0.12)),
    ...patterned(canvas, pattern, w, h, colour, second),
    box(0, 0, w * 0.14, h, spine),
    line(`M${n(w * 0.14)} 0v${h}`, darken(spine, 0.4), 2, 'opacity="0.6"'),
    box(0, 0, w, h, coverLight(canvas)),
  ];
  if (b.label)
    marks.push(box(w * 0.34, h * 0.2, w * 0.46, h * 0.16, PAGES, 4), ...writing(w * 0.4, h * 0.25, w * 0.34));
  if (b.ribbon)
    marks.push(line(`M${n(w * 0.7)} ${h}v34l-9 -8l-9 8v-34`, b.ribbon, 3), box(w * 0.86, 0, 9, h, b.ribbon));
  canvas.add(group(marks, `translate(${b.x} ${b.y - h}) rotate(${b.lean ?? 0} ${w / 2} ${h})`));
}

const writing = (x: number, y: number, w: number): string[] => [
  line(`M${n(x)} ${n(y)}h${n(w)}`, '#6b5a4c', 3),
  line(`M${n(x + w * 0.2)} ${n(y + 14)}h${n(w * 0.6)}`, '#6b5a4c', 2),
];

const coverLight = (canvas: Canvas): string =>
  canvas.gradient([
    [0, '#2b1b2e', 0.18],
    [0.16, '#fff6e6', 0.22],
    [0.5, '#fff6e6', 0.04],
    [1, '#2b1b2e', 0.16],
  ]);

/** Books lying on one another, their backs to us, from the lowest up. */
export function pile(
  canvas: Canvas,
  x: number,
  y: number,
  books: { w: number; thick: number; colour: string; dx?: number }[],
): void {
  shadow(canvas, x, y - 2, Math.max(...books.map(({ w }) => w)) * 0.62, 30);
  let top = y;
  for (const { w, thick, colour, dx = 0 } of books) {
    const left = x - w / 2 + dx;
    top -= thick;
    canvas.add(box(left, top, w, thick, colour, 9));
    canvas.add(box(left, top, w, thick, coverLight(canvas), 9));
    for (const share of [0.12, 0.88])
      canvas.add(box(left + w * share - 4, top, 8, thick, lighten(colour, 0.45), 0, 'opacity="0.7"'));
    canvas.add(box(left + w * 0.36, top + thick * 0.36, w * 0.28, thick * 0.28, lighten(colour, 0.7), 3));
  }
  const last = books.at(-1);
  if (!last) return;
  const left = x - last.w / 2 + (last.dx ?? 0);
  canvas.add(shape(`M${left + 8} ${top}l46 -34h${last.w - 108}l54 34Z`, lighten(last.colour, 0.2)));
}

/** A sheet of decorated paper lying flat, turned by `turn` degrees. */
export function sheet(
  canvas: Canvas,
  at: { x: number; y: number; w: number; h: number; turn: number },
  pattern: Pattern,
  colour: string,
  second: string,
): void {
  const marks = [
    box(8, 10, at.w, at.h, '#2b1b2e', 2, 'opacity="0.22"'),
    ...patterned(canvas, pattern, at.w, at.h, colour, second),
  ];
  canvas.add(group(marks, `translate(${at.x} ${at.y}) rotate(${at.turn} ${at.w / 2} ${at.h / 2})`));
}

/** An envelope seen from behind, with its flap and a wax seal. */
export function envelope(
  canvas: Canvas,
  at: { x: number; y: number; w: number; turn: number },
  colour: string,
  seal?: string,
): void {
  const { w } = at;
  const h = w * 0.66;
  const marks = [
    box(8, 12, w, h, '#2b1b2e', 5, 'opacity="0.22"'),
    box(0, 0, w, h, colour, 5),
    shape(`M0 ${h}L${w * 0.46} ${n(h * 0.44)}H${w * 0.54}L${w} ${h}Z`, lighten(colour, 0.3)),
    shape(
      `M0 4Q2 0 8 0H${w - 8}Q${w - 2} 0 ${w} 4L${w * 0.54} ${n(h * 0.58)}Q${w / 2} ${n(h * 0.63)} ${w * 0.46} ${n(h * 0.58)}Z`,
      darken(colour, 0.1),
    ),
    line(
      `M2 5L${w * 0.46} ${n(h * 0.58)}Q${w / 2} ${n(h * 0.63)} ${w * 0.54} ${n(h * 0.58)}L${w - 2} 5`,
      darken(colour, 0.28),
      2,
    ),
  ];
  if (seal)
    marks.push(
      ellipse(w / 2, h * 0.57, 25, 24, seal),
      ellipse(w / 2 - 2, h * 0.56, 15, 15, lighten(seal, 0.22)),
    );
  canvas.add(group(marks, `translate(${at.x} ${at.y}) rotate(${at.turn} ${w / 2} ${h / 2})`));
}

/** A box with a lid, its front covered in patterned paper. */
export function lidBox(
  canvas: Canvas,
  at: { x: number; y: number; w: number; h: number },
  pattern: Pattern,
  colour: string,
  second: string,
): void {
  const { x, y, w, h } = at;
  const lid = h * 0.3;
  shadow(canvas, x + w / 2, y - 2, w * 0.66, 34);
  canvas.add(
    group(
      [...patterned(canvas, pattern, w, h, colour, second), box(0, 0, w, h, coverLight(canvas))],
      `translate(${x} ${y - h})`,
    ),
  );
  const lidMarks = [
    shape(`M-8 0l60 -62H${w - 52}l60 62Z`, lighten(colour, 0.3)),
    ...patterned(canvas, 'linen', w + 16, lid, darken(colour, 0.25), second).map((mark) =>
      group([mark], 'translate(-8 0)'),
    ),
    box(-8, lid, w + 16, 7, '#2b1b2e', 0, 'opacity="0.25"'),
    box(w * 0.36, lid * 0.22, w * 0.28, lid * 0.56, PAGES, 4),
    ...writing(w * 0.41, lid * 0.4, w * 0.18),
  ];
  canvas.add(group(lidMarks, `translate(${x} ${y - h})`));
}

/** An open album with a picture on each side. */
export function openBook(canvas: Canvas, x: number, y: number, w: number, cover: string): void {
  const h = w * 0.52;
  shadow(canvas, x, y - 6, w * 0.62, 40);
  const page = (side: 1 | -1): string =>
    `M${x} ${y - h * 0.9}C${x + side * w * 0.16} ${y - h * 1.06} ${x + side * w * 0.36} ${y - h * 1.02} ${x + side * w * 0.46} ${y - h * 0.94}L${x + side * w * 0.5} ${y - 24}C${x + side * w * 0.36} ${y - 40} ${x + side * w * 0.14} ${y - 44} ${x} ${y - 14}Z`;
  canvas.add(
    shape(`M${x - w * 0.5} ${y - h * 0.93}H${x + w * 0.5}L${x + w * 0.54} ${y - 6}H${x - w * 0.54}Z`, cover),
  );
  canvas.add(
    shape(
      page(-1),
      canvas.gradient([
        [0, '#fdf5e6'],
        [0.8, PAGES],
        [1, darken(PAGES, 0.28)],
      ]),
    ),
  );
  canvas.add(
    shape(
      page(1),
      canvas.gradient([
        [0, darken(PAGES, 0.22)],
        [0.2, PAGES],
        [1, '#fdf5e6'],
      ]),
    ),
  );
  const photo = (px: number, turn: number, sky: string, hill: string): string =>
    group(
      [
        box(0, 0, w * 0.27, h * 0.5, '#fffaf0', 2),
        box(9, 9, w * 0.27 - 18, h * 0.5 - 18, sky),
        shape(
          `M9 ${n(h * 0.36)}q${n(w * 0.06)} ${n(-h * 0.14)} ${n(w * 0.12)} ${n(-h * 0.02)}t${n(w * 0.15 - 18)} ${n(-h * 0.06)}V${n(h * 0.5 - 9)}H9Z`,
          hill,
        ),
        ellipse(w * 0.19, h * 0.14, 13, 13, '#fff1c9'),
      ],
      `translate(${n(px)} ${n(y - h * 0.76)}) rotate(${turn})`,
    );
  canvas.add(photo(x - w * 0.38, 3, '#a9c5cf', '#6f8a6a'));
  canvas.add(photo(x + w * 0.1, -3, '#e9b896', '#8c5a6a'));
}
