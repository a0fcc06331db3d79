import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '#platform';
import { Destinations, type Door, doorPaths, InboxIntake, PlatformAccount, StripeApi } from '#stripe';
import { DoorSecrets } from './door-secrets.js';

/** How old a signature may be, in seconds: Stripe's own default. */
const TOLERANCE_S = 300;

type Arrival = FastifyRequest<{ Body: string | undefined }>;

/** A door for Stripe's events: verify, store, answer 200, nothing else. */
@Injectable()
export class EventDoor {
  constructor(
    private readonly destinations: Destinations,
    private readonly intake: InboxIntake,
    private readonly platform: PlatformAccount,
    private readonly stripe: StripeApi,
    private readonly log: Log,
  ) {}

  open(server: FastifyInstance, door: Door): void {
    const secrets = new DoorSecrets(() => this.destinations.secrets(door));
    server.post(doorPaths[door], (request: Arrival, reply) => this.take(door, secrets, request, reply));
  }

  private async take(
    door: Door,
    secrets: DoorSecrets,
    request: Arrival,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const signature = request.headers['stripe-signature'];
    // Nobody registered this door: it is not there.
    if ((await secrets.known()).length === 0) return reply.code(404).send();
    const payload = request.body;
    const genuine =
      typeof signature === 'string' &&
      typeof payload === 'string' &&
      (await secrets.some((secret) => this.isSigned(payload, signature, secret)));
    if (!genuine) {
      this.log.warn('an event with a wrong signature was refused', { door });
      return reply.code(400).send();
    }
    const event = JSON.parse(payload) as { livemode?: boolean };
    // A live Connect endpoint also receives test events: taken, so that Stripe stops sending, and not stored.
    if (event.livemode === this.platform.livemode) await this.intake.store(door, payload, event);
    return reply.code(200).send();
  }

  private isSigned(payload: string, signature: string, secret: string): boolean {
    try {
      return (
        this.stripe.sdk.webhooks.signature?.verifyHeader(payload, signature, secret, TOLERANCE_S) ?? false
      );
    } catch {
      return false;
    }
  }
}
