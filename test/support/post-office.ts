import { Destinations, type Door, doorPaths, InboxWorker } from '#stripe';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** One delivery that Stripe would make: an event for one of our doors. */
export interface Letter {
  readonly eventId: string;
  readonly type: string;
  readonly door: Door;
  readonly body: string;
}

/** Stands between the emulator and the doors: nothing is delivered any more but what a test hands over itself. */
export class PostOffice {
  private readonly taken = new Set<string>();

  private constructor(private readonly world: World) {}

  static async shutDoors(world: World): Promise<PostOffice> {
    await world.settle();
    const office = new PostOffice(world);
    office.take();
    await world.control('faults', { webhooks: { drop: 1_000_000 } });
    return office;
  }

  /** What Stripe would have sent since the last time, in its order. */
  take(): Letter[] {
    const letters = this.all().filter(({ eventId, door }) => !this.taken.has(eventId + door));
    for (const { eventId, door } of letters) this.taken.add(eventId + door);
    return letters;
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

  /** Waits until what was handed over has been worked off; what follows from it may still be under way. */
  async heard(): Promise<void> {
    await this.world.get(InboxWorker).drain();
    await eventually(
      async () => {
        const [row] = await this.world.rows(
          `select from stripe.inbox_events where state = 'running' limit 1`,
        );
        if (row) throw new Error('an event is still being worked on');
      },
      { everyMs: 20 },
    );
  }

  /** Stripe delivers again; what was not handed over stays lost. */
  async openDoors(): Promise<void> {
    await this.world.control('faults/clear', {});
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
