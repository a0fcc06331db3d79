/** Longest that setTimeout can wait. */
export const FOREVER = 2 ** 31 - 1;

/** Rings by wall time, whatever the emulator's clock does. Kept in memory: a restart sets them anew. */
export class WallAlarms {
  private readonly timeouts = new Map<string, NodeJS.Timeout>();

  constructor(private readonly ring: (id: string) => void) {}

  /** @param at milliseconds of wall time; what is past rings at once */
  set(id: string, at: number): void {
    this.clear(id);
    const timeout = setTimeout(
      () => {
        this.timeouts.delete(id);
        this.ring(id);
      },
      Math.min(Math.max(at - Date.now(), 0), FOREVER),
    );
    this.timeouts.set(id, timeout.unref());
  }

  clear(id: string): void {
    clearTimeout(this.timeouts.get(id));
    this.timeouts.delete(id);
  }

  clearAll(): void {
    for (const timeout of this.timeouts.values()) clearTimeout(timeout);
    this.timeouts.clear();
  }
}
