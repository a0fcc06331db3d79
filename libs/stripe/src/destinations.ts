import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { Log, StartupError, Transactions } from '#platform';
import { StripeApi } from './stripe-api.js';
import { orNull } from './stripe-errors.js';
import { type Door, doorPaths, subscribedEvents } from './subscribed-events.js';

interface DestinationRow {
  readonly door: Door;
  readonly stripe_id: string;
  readonly url: string;
  readonly secrets: string[];
}

export interface DestinationState {
  readonly door: Door;
  /** Where Stripe sends to; empty where nothing is registered. */
  readonly url: string;
  /** How many signing secrets we accept. */
  readonly secrets: number;
  /** `command_line_only`: no destination, but Stripe's command line forwards events to this door. */
  readonly state: 'enabled' | 'disabled' | 'missing' | 'command_line_only';
  /** Event types that this program needs and the destination does not send. */
  readonly missing: readonly string[];
}

/** https://docs.stripe.com/api/v2/core/event-destinations: whose events a destination takes. */
const from: Record<Door, string[]> = {
  payments: ['@self'],
  accounts: ['@accounts'],
  accounts_thin: ['@self', '@accounts'],
};

const names: Record<Door, string> = {
  payments: 'Guildhall: payments of the platform',
  accounts: 'Guildhall: connected accounts',
  accounts_thin: 'Guildhall: connected accounts (v2)',
};

/** Registers the three event destinations at Stripe, and keeps the secrets they sign with. */
@Injectable()
export class Destinations {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly log: Log,
  ) {}

  /** Can be repeated: what is there is brought up to date, and no secret is lost. */
  async register(publicUrl: string): Promise<{ door: Door; url: string; outcome: 'created' | 'updated' }[]> {
    const outcomes: { door: Door; url: string; outcome: 'created' | 'updated' }[] = [];
    for (const door of Object.keys(subscribedEvents) as Door[]) {
      const url = publicUrl.replace(/\/$/, '') + doorPaths[door];
      outcomes.push({ door, url, outcome: await this.registerOne(door, url) });
    }
    return outcomes;
  }

  /** All secrets a door accepts; several while one is being rolled. Empty: nothing is registered, the door is shut. */
  async secrets(door: Door): Promise<string[]> {
    const [row] = await this.transactions.query<DestinationRow>(
      `select * from stripe.destinations where door = $1`,
      [door],
    );
    return row?.secrets ?? [];
  }

  /** The command line's listener signs with a secret of its own, which is accepted beside the registered one. */
  async accept(door: Door, secret: string): Promise<void> {
    await this.transactions.query(
      `insert into stripe.destinations (door, stripe_id, url, secrets) values ($1, 'cli', '', array[$2])
       on conflict (door) do update set secrets = excluded.secrets || array_remove(destinations.secrets, $2)`,
      [door, secret],
    );
  }

  /** What each door's destination is like at Stripe, for the doctor. */
  async inspect(): Promise<DestinationState[]> {
    const rows = await this.transactions.query<DestinationRow>(`select * from stripe.destinations`);
    const states: DestinationState[] = [];
    for (const door of Object.keys(subscribedEvents) as Door[]) {
      const row = rows.find((one) => one.door === door);
      const made = row && row.stripe_id !== 'cli' ? await this.atStripe(row.stripe_id) : null;
      states.push({
        door,
        url: row?.url ?? '',
        secrets: row?.secrets.length ?? 0,
        state: made ? made.status : row?.stripe_id === 'cli' ? 'command_line_only' : 'missing',
        missing: made ? subscribedEvents[door].filter((type) => !made.enabled_events.includes(type)) : [],
      });
    }
    return states;
  }

  private async registerOne(door: Door, url: string): Promise<'created' | 'updated'> {
    const [row] = await this.transactions.query<DestinationRow>(
      `select * from stripe.destinations where door = $1`,
      [door],
    );
    const known = row && row.stripe_id !== 'cli' ? await this.atStripe(row.stripe_id) : null;
    if (row && known) {
      await this.stripe.sdk.v2.core.eventDestinations.update(row.stripe_id, {
        enabled_events: [...subscribedEvents[door]],
        webhook_endpoint: { url },
      });
      // Stripe switches off a destination that failed for days.
      if (known.status === 'disabled') await this.stripe.sdk.v2.core.eventDestinations.enable(row.stripe_id);
      await this.transactions.query(
        `update stripe.destinations set url = $2, updated_at = now() where door = $1`,
        [door, url],
      );
      return 'updated';
    }
    await this.create(door, url, row?.secrets ?? []);
    return 'created';
  }

  private atStripe(id: string): Promise<Stripe.V2.Core.EventDestination | null> {
    return orNull(this.stripe.sdk.v2.core.eventDestinations.retrieve(id));
  }

  /** The secret is told once, at creation, so it is stored before anything else happens. */
  private async create(door: Door, url: string, olderSecrets: readonly string[]): Promise<void> {
    const thin = door === 'accounts_thin';
    const made = await this.stripe.sdk.v2.core.eventDestinations.create({
      name: names[door],
      type: 'webhook_endpoint',
      event_payload: thin ? 'thin' : 'snapshot',
      ...(!thin && { snapshot_api_version: Stripe.API_VERSION }),
      events_from: from[door],
      enabled_events: [...subscribedEvents[door]],
      webhook_endpoint: { url },
      include: ['webhook_endpoint.signing_secret'],
    });
    const secret = made.webhook_endpoint?.signing_secret;
    if (!secret)
      throw new StartupError(
        `Stripe made the destination ${made.id} but told no secret: delete it in the dashboard and try again.`,
      );
    await this.transactions.query(
      `insert into stripe.destinations (door, stripe_id, url, secrets) values ($1, $2, $3, $4)
       on conflict (door) do update set stripe_id = excluded.stripe_id, url = excluded.url, secrets = excluded.secrets, updated_at = now()`,
      [door, made.id, url, [secret, ...olderSecrets]],
    );
    this.log.info('an event destination was registered', { door, destination: made.id });
    await this.removeOlder(door, made.id, url);
  }

  /**
   * Destinations to the same door whose secret nobody has any more would only cause failed deliveries. Another
   * marketplace on the same Stripe account has another address, and keeps its own.
   */
  private async removeOlder(door: Door, keep: string, url: string): Promise<void> {
    const all = this.stripe.sdk.v2.core.eventDestinations.list({
      limit: 100,
      include: ['webhook_endpoint.url'],
    });
    for await (const other of all) {
      if (other.id === keep || other.name !== names[door] || other.webhook_endpoint?.url !== url) continue;
      await this.stripe.sdk.v2.core.eventDestinations.del(other.id);
    }
  }
}
