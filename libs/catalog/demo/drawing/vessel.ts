import { type Canvas, darken, ellipse, lighten, line, n, shape } from './canvas.js';
import { shadow } from './scene.js';

/** Half of an outline: [height above the foot, radius], from the foot up to the rim. */
export type Profile = [up: number, radius: number][];

export type Vessel = {
  x: number;
  /** Where it stands. */
  y: number;
  profile: Profile;
  colour: string;
  /** The inside seen through the mouth; without it the top is closed. */
  inside?: string;
  /** What is in it, and how far below the rim its surface lies. */
  filled?: { colour: string; below: number };
  /** Rings of another colour between two heights. */
  bands?: { from: number; to: number; colour: string }[];
  /** The top dipped in glaze down to this height, with a wavy edge. */
  glaze?: { down: number; colour: string };
  speckles?: number;
};

/** How far a circle seen from slightly above is squeezed. */
const TILT = 0.2;

/** A thing turned on a wheel: pot, cup, tin, candle. Draws its shadow too. */
export function vessel(canvas: Canvas, v: Vessel): void {
  const foot = v.profile[0] ?? [0, 0];
  const rim = v.profile.at(-1) ?? foot;
  const widest = Math.max(...v.profile.map(([, radius]) => radius));
  shadow(canvas, v.x, v.y, widest * 1.25);
  const outline = outlineOf(v.x, v.y, v.profile);
  canvas.add(shape(outline, shaded(canvas, v.colour)));
  const clip = canvas.clip(outline);
  const paint = (d: string, colour: string) =>
    canvas.add(shape(d, shaded(canvas, colour), `clip-path="${clip}"`));
  for (const { from, to, colour } of v.bands ?? []) paint(band(v.x, v.y - to, v.y - from, widest), colour);
  if (v.glaze) paint(dip(v.x, v.y - rim[0] - 60, v.y - v.glaze.down, widest), v.glaze.colour);
  for (let i = 0; i < (v.speckles ?? 0); i++) {
    const x = canvas.between(v.x - widest, v.x + widest);
    const y = canvas.between(v.y - rim[0], v.y + 10);
    const r = canvas.between(1.2, 3.6);
    canvas.add(ellipse(x, y, r, r * 0.8, darken(v.colour, 0.55), `opacity="0.5" clip-path="${clip}"`));
  }
  const shine = canvas.gradient([
    [0, '#fff6e6', 0],
    [0.5, '#fff6e6', 0.5],
    [1, '#fff6e6', 0],
  ]);
  const shineX = v.x - widest * 0.62;
  canvas.add(ellipse(shineX, v.y - rim[0] * 0.5, widest * 0.14, rim[0] * 0.4, shine, `clip-path="${clip}"`));
  mouth(canvas, v, v.y - rim[0], rim[1]);
}

function mouth(canvas: Canvas, v: Vessel, y: number, radius: number): void {
  const rimColour = v.glaze?.colour ?? v.colour;
  canvas.add(ellipse(v.x, y, radius, radius * TILT, lighten(rimColour, 0.38)));
  if (!v.inside) return;
  const inner = radius - Math.max(6, radius * 0.07);
  const depth = canvas.gradient(
    [
      [0, darken(v.inside, 0.4)],
      [1, v.inside],
    ],
    false,
  );
  canvas.add(ellipse(v.x, y, inner, inner * TILT, depth));
  if (!v.filled) return;
  const opening = `M${n(v.x - inner)} ${y}a${n(inner)} ${n(inner * TILT)} 0 1 0 ${n(inner * 2)} 0a${n(inner)} ${n(inner * TILT)} 0 1 0 ${n(-inner * 2)} 0Z`;
  const clip = canvas.clip(opening);
  const { colour, below } = v.filled;
  canvas.add(ellipse(v.x, y + below, inner, inner * TILT, colour, `clip-path="${clip}"`));
  canvas.add(
    ellipse(
      v.x - inner * 0.3,
      y + below - 2,
      inner * 0.34,
      inner * TILT * 0.3,
      lighten(colour, 0.4),
      `opacity="0.6" clip-path="${clip}"`,
    ),
  );
}

/** A handle at the right of something: from (x, top) to (x, bottom), reaching `out`. */
export function handle(
  canvas: Canvas,
  x: number,
  top: number,
  bottom: number,
  out: number,
  colour: string,
  width = 26,
): void {
  const d = `M${x} ${top}C${x + out * 1.3} ${top - 14} ${x + out * 1.2} ${bottom + 6} ${x - 6} ${bottom}`;
  canvas.add(line(d, darken(colour, 0.28), width));
  canvas.add(line(d, darken(colour, 0.1), width * 0.6, 'transform="translate(-3 -3)"'));
}

/** A spout at the left of something, its mouth at (x, y). */
export function spout(canvas: Canvas, x: number, y: number, toX: number, toY: number, colour: string): void {
  const d = `M${x - 4} ${y}C${x + 40} ${y + 30} ${x + 30} ${toY - 20} ${toX} ${toY + 44}L${toX + 8} ${toY - 46}C${x + 70} ${toY - 50} ${x + 60} ${y + 10} ${x + 30} ${y - 8}Z`;
  const fill = canvas.gradient([
    [0, lighten(colour, 0.3)],
    [1, darken(colour, 0.05)],
  ]);
  canvas.add(shape(d, fill));
  canvas.add(
    ellipse(x + 13, y - 4, 18, 6, darken(colour, 0.4), `transform="rotate(-12 ${x + 13} ${y - 4})"`),
  );
}

function shaded(canvas: Canvas, colour: string): string {
  return canvas.gradient([
    [0, darken(colour, 0.06)],
    [0.22, lighten(colour, 0.26)],
    [0.5, colour],
    [0.82, darken(colour, 0.22)],
    [1, darken(colour, 0.34)],
  ]);
}

/** The outline of a turned thing: up its left side, over the back of the rim, down its right side, along the front of its foot. */
function outlineOf(x: number, y: number, profile: Profile): string {
  const left = profile.map(([up, radius]): [number, number] => [x - radius, y - up]);
  const right = profile.map(([up, radius]): [number, number] => [x + radius, y - up]).reverse();
  const rim = profile.at(-1)?.[1] ?? 0;
  const foot = profile[0]?.[1] ?? 0;
  const [startX, startY] = left[0] ?? [x, y];
  const arcOver = `A${n(rim)} ${n(rim * TILT)} 0 0 1 ${n(x + rim)} ${n(right[0]?.[1] ?? y)}`;
  const arcUnder = `A${n(foot)} ${n(foot * TILT)} 0 0 1 ${n(startX)} ${n(startY)}Z`;
  return `M${n(startX)} ${n(startY)}${smooth(left)}${arcOver}${smooth(right)}${arcUnder}`;
}

/** Cubic curves through all points (Catmull-Rom). */
function smooth(points: [number, number][]): string {
  let path = '';
  for (let i = 0; i < points.length - 1; i++) {
    const at = (index: number): [number, number] =>
      points[Math.min(points.length - 1, Math.max(0, index))] ?? [0, 0];
    const [x0, y0] = at(i - 1);
    const [x1, y1] = at(i);
    const [x2, y2] = at(i + 1);
    const [x3, y3] = at(i + 2);
    const first = `${n(x1 + (x2 - x0) / 6)} ${n(y1 + (y2 - y0) / 6)}`;
    const second = `${n(x2 - (x3 - x1) / 6)} ${n(y2 - (y3 - y1) / 6)}`;
    path += `C${first} ${second} ${n(x2)} ${n(y2)}`;
  }
  return path;
}

function band(x: number, top: number, bottom: number, radius: number): string {
  const sag = radius * TILT * 1.4;
  const [l, r] = [x - radius * 1.1, x + radius * 1.1];
  return `M${n(l)} ${n(top)}Q${x} ${n(top + sag)} ${n(r)} ${n(top)}V${n(bottom)}Q${x} ${n(bottom + sag)} ${n(l)} ${n(bottom)}Z`;
}

function dip(x: number, top: number, bottom: number, radius: number): string {
  const [l, w] = [x - radius * 1.1, (radius * 2.2) / 4];
  return `M${n(l)} ${n(top)}H${n(l + 4 * w)}V${n(bottom)}q${n(-w / 2)} 42 ${n(-w)} 22t${n(-w)} 10t${n(-w)} -6t${n(-w)} -26Z`;
}
