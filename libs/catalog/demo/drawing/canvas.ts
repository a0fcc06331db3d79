/** Pictures are 800 by 800 units; light falls from the left. */
export const SIZE = 800;

/** Collects shapes and the gradients and clips they refer to, and writes one SVG document. */
export class Canvas {
  private readonly defs: string[] = [];
  private readonly shapes: string[] = [];
  private random: number;

  /** The same seed draws the same picture. */
  constructor(seed: number) {
    this.random = seed * 2654435761;
  }

  add(shape: string): this {
    this.shapes.push(shape);
    return this;
  }

  define(element: (id: string) => string): string {
    const id = `d${this.defs.length}`;
    this.defs.push(element(id));
    return `url(#${id})`;
  }

  /** A fill from colour to colour, left to right or top to bottom. */
  gradient(stops: [offset: number, colour: string, opacity?: number][], down = false): string {
    const direction = down ? 'x1="0" y1="0" x2="0" y2="1"' : 'x1="0" y1="0" x2="1" y2="0"';
    return this.define((id) => `<linearGradient id="${id}" ${direction}>${stopList(stops)}</linearGradient>`);
  }

  radial(stops: [offset: number, colour: string, opacity?: number][]): string {
    return this.define((id) => `<radialGradient id="${id}">${stopList(stops)}</radialGradient>`);
  }

  clip(path: string): string {
    return this.define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
  }

  /** The next number between `from` and `to` of this picture's own sequence. */
  between(from: number, to: number): number {
    this.random = (Math.imul(this.random | 0, 1664525) + 1013904223) >>> 0;
    return from + ((to - from) * this.random) / 2 ** 32;
  }

  /** The picture, seen from near unless its things need all of the room. */
  toSvg(view: 'near' | 'whole' = 'near'): string {
    const frame = view === 'near' ? '60 115 680 680' : `0 0 ${SIZE} ${SIZE}`;
    const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${frame}" width="${SIZE}" height="${SIZE}">`;
    return `${open}<defs>${this.defs.join('')}</defs>${this.shapes.join('')}</svg>`;
  }
}

const stopList = (stops: [number, string, number?][]): string =>
  stops
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('');

/** `share` of `other` in `colour`; both written #rrggbb. */
export function mix(colour: string, other: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const a = Number.parseInt(colour.slice(at, at + 2), 16);
    const b = Number.parseInt(other.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

// Light and shade are warm, so that every colour stays in one family.
export const lighten = (colour: string, share: number): string => mix(colour, '#fff6e6', share);
export const darken = (colour: string, share: number): string => mix(colour, '#2b1b2e', share);

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, extra = ''): string =>
  `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${extra}/>`;

export const shape = (d: string, fill: string, extra = ''): string =>
  `<path d="${d}" fill="${fill}" ${extra}/>`;

export const line = (d: string, colour: string, width: number, extra = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${extra}/>`;

export const box = (x: number, y: number, w: number, h: number, fill: string, rx = 0, extra = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${rx}" fill="${fill}" ${extra}/>`;

export const group = (shapes: string[], transform: string): string =>
  `<g transform="${transform}">${shapes.join('')}</g>`;

/** One decimal is finer than a pixel. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);
