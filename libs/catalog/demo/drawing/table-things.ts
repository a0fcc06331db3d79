import { type Canvas, darken, ellipse, lighten, line, n, shape } from './canvas.js';
import { shadow } from './scene.js';
import { spout, vessel, type Profile } from './vessel.js';

/** A round pot with a lid and a spout to the left; the caller adds the handle it likes. */
export function teapot(
  canvas: Canvas,
  x: number,
  y: number,
  colour: string,
  options: { speckles?: number; lid?: string } = {},
): void {
  const lid = options.lid ?? colour;
  spout(canvas, x - 216, y - 196, x - 104, y - 104, colour);
  const body: Profile = [
    [0, 84],
    [30, 132],
    [100, 152],
    [165, 118],
    [190, 70],
  ];
  vessel(canvas, { x, y, profile: body, colour, speckles: options.speckles });
  dome(canvas, x, y - 192, 76, 40, lid);
  vesselWithoutShadow(canvas, x, y - 228, 17, lid);
}

function dome(canvas: Canvas, x: number, y: number, radius: number, height: number, colour: string): void {
  const fill = canvas.gradient([
    [0, darken(colour, 0.05)],
    [0.25, lighten(colour, 0.3)],
    [0.55, colour],
    [1, darken(colour, 0.3)],
  ]);
  const d = `M${x - radius} ${y}C${x - radius} ${y - height} ${x - 30} ${y - height - 4} ${x} ${y - height - 4}S${x + radius} ${y - height} ${x + radius} ${y}a${radius} ${radius * 0.2} 0 0 1 ${-2 * radius} 0Z`;
  canvas.add(shape(d, fill));
}

function vesselWithoutShadow(canvas: Canvas, x: number, y: number, radius: number, colour: string): void {
  canvas.add(ellipse(x, y - radius * 0.5, radius, radius * 0.9, darken(colour, 0.12)));
  canvas.add(ellipse(x - radius * 0.3, y - radius * 0.8, radius * 0.45, radius * 0.3, lighten(colour, 0.5)));
}

/** A domed lid with a knob, to lie on the rim of a jar. */
export function lid(canvas: Canvas, x: number, y: number, radius: number, colour: string): void {
  dome(canvas, x, y, radius, radius * 0.42, colour);
  vesselWithoutShadow(canvas, x, y - radius * 0.42, 20, colour);
}

/** A tin with a paper label and a pressed-on lid. */
export function tin(
  canvas: Canvas,
  x: number,
  y: number,
  size: { radius: number; height: number },
  colour: string,
  label: string,
): void {
  const { radius, height } = size;
  const profile: Profile = [
    [0, radius],
    [height * 0.5, radius],
    [height, radius],
  ];
  vessel(canvas, {
    x,
    y,
    profile,
    colour,
    bands: [
      { from: height * 0.76, to: height * 0.785, colour: darken(colour, 0.45) },
      { from: height * 0.16, to: height * 0.62, colour: label },
    ],
  });
  const middle = y - height * 0.37 + radius * 0.27;
  canvas.add(ellipse(x - radius * 0.1, middle, radius * 0.24, radius * 0.24, colour));
  const leaf = `M${n(x - radius * 0.1)} ${n(middle + 16)}c-18 -10 -18 -28 0 -38c18 10 18 28 0 38v6`;
  canvas.add(shape(leaf, lighten(label, 0.4)));
}

/** A heap of leaves, in three shades of one colour. */
export function leaves(canvas: Canvas, x: number, y: number, width: number, colour: string): void {
  shadow(canvas, x, y + 6, width * 0.6, 24);
  const shades = [darken(colour, 0.3), colour, lighten(colour, 0.25)];
  for (let i = 0; i < 150; i++) {
    const across = canvas.between(-1, 1);
    const height = (1 - across * across) * width * 0.24;
    const px = x + across * width * 0.55;
    const py = y + 10 - canvas.between(0, height) + canvas.between(-4, 6);
    const turn = canvas.between(-70, 70);
    const length = canvas.between(9, 20);
    const d = `M${n(-length)} 0q${n(length)} -7 ${n(2 * length)} 0q${n(-length)} 6 ${n(-2 * length)} 0Z`;
    canvas.add(
      `<path d="${d}" transform="translate(${n(px)} ${n(py)}) rotate(${n(turn)})" fill="${shades[i % 3]}"/>`,
    );
  }
}

/** A bamboo whisk standing on its tines. */
export function whisk(canvas: Canvas, x: number, y: number, scale = 1): void {
  const bamboo = '#d9b877';
  const s = (value: number) => n(value * scale);
  shadow(canvas, x, y, 74 * scale, 18);
  const tines = Array.from({ length: 27 }, (_, i) => {
    const across = (i - 13) / 13;
    const [waist, belly] = [across * 34 * scale, across * 78 * scale];
    return line(
      `M${n(x + waist)} ${n(y - 140 * scale)}C${n(x + belly)} ${n(y - 100 * scale)} ${n(x + belly)} ${n(y - 40 * scale)} ${n(x + across * 54 * scale)} ${n(y + (1 - across * across) * 10)}`,
      i % 2 ? lighten(bamboo, 0.45) : darken(bamboo, 0.12),
      4 * scale,
    );
  });
  canvas.add(tines.join(''));
  vessel(canvas, {
    x,
    y: y - 136 * scale,
    profile: [
      [0, 38 * scale],
      [60 * scale, 33 * scale],
      [150 * scale, 36 * scale],
    ],
    colour: bamboo,
    inside: '#f0dcae',
    bands: [{ from: 2 * scale, to: 16 * scale, colour: '#3a2f2a' }],
  });
  canvas.add(
    line(`M${n(x - 37 * scale)} ${n(y - 210 * scale)}q${s(37)} ${s(10)} ${s(74)} 0`, darken(bamboo, 0.3), 2),
  );
}

/** A burning candle of beeswax or tallow: `radius` wide, `height` high. */
export function candle(
  canvas: Canvas,
  x: number,
  y: number,
  radius: number,
  height: number,
  colour: string,
  lit = true,
): void {
  vessel(canvas, {
    x,
    y,
    profile: [
      [0, radius],
      [height / 2, radius * 0.985],
      [height, radius * 0.97],
    ],
    colour,
    inside: lighten(colour, 0.3),
  });
  const top = y - height;
  canvas.add(line(`M${x} ${top + 4}c2 -10 -2 -14 1 -24`, '#3a2f2a', 5));
  if (!lit) return;
  const glow = canvas.radial([
    [0, '#fff0b8', 0.85],
    [1, '#fff0b8', 0],
  ]);
  canvas.add(ellipse(x, top - 52, 135, 135, glow));
  canvas.add(shape(`M${x} ${top - 12}c-24 -8 -24 -42 2 -88c24 46 24 78 -2 88Z`, '#f4a83c'));
  canvas.add(shape(`M${x} ${top - 14}c-12 -6 -12 -28 1 -54c13 26 13 48 -1 54Z`, '#fff3c4'));
}

/** A plant of upright leaves growing out of (x, y). */
export function plant(canvas: Canvas, x: number, y: number, colour: string): void {
  for (let i = 0; i < 11; i++) {
    const lean = (i - 5) / 5;
    const height = 250 - Math.abs(lean) * 90 + canvas.between(-20, 20);
    const [tx, ty] = [x + lean * 190, y - height + Math.abs(lean) * 40];
    const side = lean * 60;
    const d = `M${n(x + lean * 30)} ${y}C${n(x + side - 34)} ${n(y - height * 0.6)} ${n(tx - 30)} ${n(ty + 40)} ${n(tx)} ${n(ty)}C${n(tx + 24)} ${n(ty + 70)} ${n(x + side + 46)} ${n(y - height * 0.4)} ${n(x + lean * 30 + 16)} ${y}Z`;
    canvas.add(shape(d, [colour, darken(colour, 0.2), lighten(colour, 0.2)][i % 3] ?? colour));
  }
}
