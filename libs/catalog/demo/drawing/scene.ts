import { Canvas, darken, ellipse, lighten, line, n, shape, SIZE } from './canvas.js';

/** Wall and table; the one palette that all shops share. */
export const rooms = {
  sand: { wall: '#f0dcc3', table: '#cfa277' },
  clay: { wall: '#e9bfa3', table: '#b56f50' },
  sage: { wall: '#d3dbc3', table: '#8f9f78' },
  mist: { wall: '#cfdadf', table: '#8aa3ad' },
  rose: { wall: '#ecd0cb', table: '#bd8480' },
  honey: { wall: '#f2d595', table: '#c8923f' },
  plum: { wall: '#d8c6d3', table: '#8c6a86' },
  night: { wall: '#34425e', table: '#28324a' },
} as const;

export type Backdrop = 'window' | 'sun' | 'branch' | 'arch';

/** Where things stand: y of the middle of the table. */
export const FLOOR = 640;
const EDGE = 540;

/** An empty room with light in it. */
export function room(name: keyof typeof rooms, backdrop: Backdrop, seed: number): Canvas {
  const { wall, table } = rooms[name];
  const canvas = new Canvas(seed);
  const wallFill = canvas.gradient(
    [
      // A dark wall takes less of the light.
      [0, lighten(wall, name === 'night' ? 0.14 : 0.45)],
      [1, darken(wall, 0.08)],
    ],
    false,
  );
  canvas.add(`<rect width="${SIZE}" height="${SIZE}" fill="${wallFill}"/>`);
  backdrops[backdrop](canvas, wall);
  const tableFill = canvas.gradient(
    [
      [0, lighten(table, 0.18)],
      [0.5, table],
      [1, darken(table, 0.16)],
    ],
    true,
  );
  canvas.add(`<rect y="${EDGE}" width="${SIZE}" height="${SIZE - EDGE}" fill="${tableFill}"/>`);
  canvas.add(`<rect y="${EDGE}" width="${SIZE}" height="5" fill="${lighten(table, 0.45)}" opacity="0.7"/>`);
  for (let i = 0; i < 7; i++) {
    const y = canvas.between(EDGE + 25, SIZE - 15);
    const x = canvas.between(-60, 560);
    const grain = `M${n(x)} ${n(y)}q${n(canvas.between(60, 140))} ${n(canvas.between(-6, 6))} ${n(canvas.between(180, 320))} 0`;
    canvas.add(line(grain, darken(table, 0.35), 2, 'opacity="0.22"'));
  }
  return canvas;
}

const backdrops: Record<Backdrop, (canvas: Canvas, wall: string) => void> = {
  window(canvas, wall) {
    const pane = (x: number, y: number) => `M${x} ${y}l118 -34v150l-118 34Z`;
    const panes = [pane(90, 130), pane(226, 91), pane(90, 300), pane(226, 261)].join('');
    canvas.add(shape(panes, lighten(wall, 0.85), 'opacity="0.55"'));
  },
  sun(canvas, wall) {
    canvas.add(ellipse(560, 250, 165, 165, lighten(wall, 0.7), 'opacity="0.7"'));
    canvas.add(ellipse(560, 250, 118, 118, lighten(wall, 0.9), 'opacity="0.65"'));
  },
  arch(canvas, wall) {
    canvas.add(shape(`M190 ${EDGE}V310a210 210 0 0 1 420 0V${EDGE}Z`, darken(wall, 0.1), 'opacity="0.6"'));
    canvas.add(shape(`M216 ${EDGE}V310a184 184 0 0 1 368 0V${EDGE}Z`, lighten(wall, 0.5), 'opacity="0.6"'));
  },
  branch(canvas, wall) {
    const colour = darken(wall, 0.32);
    canvas.add(line('M820 40C700 90 610 100 500 220', colour, 7, 'opacity="0.55"'));
    for (let i = 0; i < 9; i++) {
      const t = i / 8;
      const x = 800 - 300 * t;
      const y = 46 + 30 * t + 140 * t ** 3;
      const side = i % 2 ? 1 : -1;
      const angle = 145 + side * 48 + canvas.between(-10, 10);
      const leaf = 'M0 0C22 -26 66 -26 92 0C66 22 22 22 0 0Z';
      canvas.add(
        `<path d="${leaf}" transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)})" fill="${colour}" opacity="0.5"/>`,
      );
    }
  },
};

/** The soft shadow of something that stands at (x, y), `width` wide; it falls to the right. */
export function shadow(canvas: Canvas, x: number, y: number, width: number, height = width * 0.16): void {
  const soft = canvas.radial([
    [0, '#2b1b2e', 0.5],
    [0.6, '#2b1b2e', 0.3],
    [1, '#2b1b2e', 0],
  ]);
  canvas.add(ellipse(x + width * 0.16, y, width * 0.72, height, soft));
}

/** Three threads of steam over something hot. */
export function steam(canvas: Canvas, x: number, y: number): void {
  for (const [dx, height] of [
    [-34, 110],
    [4, 150],
    [40, 105],
  ] as const) {
    const h = height / 4;
    const d = `M${x + dx} ${y}c-26 ${-h} 26 ${-h} 0 ${-2 * h}s26 ${-h} 0 ${-2 * h}`;
    canvas.add(line(d, '#fffaf0', 9, 'opacity="0.55"'));
  }
}
