const FRESH_MS = 30_000;
/** Wrong signatures must not become a way to make us ask the database. */
const REREAD_AT_MOST_EVERY_MS = 1000;

/** A door's signing secrets, kept for a while. A signature that none of them made is a reason to look again. */
export class DoorSecrets {
  private secrets: readonly string[] = [];
  private readAt = 0;
  private reading: Promise<void> | null = null;

  constructor(private readonly read: () => Promise<readonly string[]>) {}

  async known(): Promise<readonly string[]> {
    if (this.secrets.length === 0 || Date.now() - this.readAt > FRESH_MS) await this.reread();
    return this.secrets;
  }

  /** Whether any secret passes: several are valid while one is being rolled. */
  async some(passes: (secret: string) => boolean): Promise<boolean> {
    if ((await this.known()).some(passes)) return true;
    await this.reread();
    return this.secrets.some(passes);
  }

  /** Who comes while it is being read waits for the same answer. */
  private async reread(): Promise<void> {
    if (!this.reading && Date.now() - this.readAt < REREAD_AT_MOST_EVERY_MS) return;
    this.reading ??= this.read()
      .then((secrets) => {
        this.secrets = secrets;
        this.readAt = Date.now();
      })
      .finally(() => (this.reading = null));
    await this.reading;
  }
}
