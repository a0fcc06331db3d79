/** Dice that fall the same way for the same seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 1 up to `most`. */
  upTo(most: number): number {
    return 1 + Math.floor(this.roll() * most);
  }

  happens(chance: number): boolean {
    return this.roll() < chance;
  }

  /** One of these; undefined only where there is none. */
  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.roll() * from.length)]!;
  }
}
