import { type Door, Destinations, doorPaths } from '#stripe';
import type { World } from './world.js';

/** One delivery that Stripe would make: an event for one of our doors. */
export interface Letter {
  readonly eventId: string;
  readonly type: string;
  readonly door: Door;
  readonly body: string;
}

/** Stands between the emulator and the doors: holds deliveries back, and hands them over as a test wishes. */
export class PostOffice {
  private readonly seen = new Set<string>();

  constructor(private readonly world: World) {}

  /** From now on nothing is delivered; what was delivered before is not shown by `held`. */
  async hold(): Promise<void> {
    await this.world.settle();
    for (const letter of this.all()) this.seen.add(letter.eventId + letter.door);
    await this.world.control('faults', { webhooks: { paused: true } });
  }

  /** What has been held back since, in the order in which Stripe would send it. */
  held(): Letter[] {
    return this.all().filter(({ eventId, door }) => !this.seen.has(eventId + door));
  }

  /** Hands a letter over, `times` copies of it at once, each signed by its door's secret; all must be accepted. */
  async deliver(letter: Letter, times = 1): Promise<void> {
    const [secret] = await this.world.get(Destinations).secrets(letter.door);
    const answers = await Promise.all(
      Array.from({ length: times }, () =>
        fetch(this.world.url + doorPaths[letter.door], {
          method: 'POST',
          body: letter.body,
          headers: {
            'content-type': 'application/json',
            'stripe-signature': this.world.stripe.webhooks.generateTestHeaderString({
              payload: letter.body,
              secret: secret!,
            }),
          },
        }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    if (refused.length > 0) throw new Error(`the door ${letter.door} answered ${refused[0]!.status}`);
  }

  /** Throws away what is held back, and everything that comes: it stays lost. */
  async lose(): Promise<void> {
    await this.world.control('faults', { webhooks: { drop: 1_000_000 } });
  }

  /** Deliveries go out again; what was held back goes first. */
  async release(): Promise<void> {
    await this.world.control('faults/clear', {});
    await this.world.settle();
  }

  private all(): Letter[] {
    const { engine } = this.world.emulator;
    return [...engine.store.all('delivery', '')].map((delivery) => {
      const door = (Object.keys(doorPaths) as Door[]).find((one) => delivery.url.endsWith(doorPaths[one]))!;
      const event =
        engine.store.get('event', delivery.account, delivery.event) ??
        engine.store.need('thin_event', engine.platform, delivery.event);
      const { data, ...rest } = event as { data?: unknown };
      const body = JSON.stringify(door === 'accounts_thin' ? rest : { ...rest, data });
      return { eventId: delivery.event, type: delivery.event_type, door, body };
    });
  }
}
