import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { InvariantError } from '#kernel';
import { type Door, subscribedEvents } from './subscribed-events.js';

/** Which object, on which account (null: the platform's own). */
export interface StripeRef {
  readonly id: string;
  readonly account: string | null;
}

/**
 * What a module does with one kind of Stripe object. Webhook, sweep and remedy button all fetch and then `record`; so
 * `record` must tolerate an older picture, the same picture twice, and a picture that came late.
 */
export interface StripeObjectOwner<T> {
  /** Null: Stripe no longer has it (or it is not ours). */
  fetch(ref: StripeRef): Promise<T | null>;
  /** Opens its own transaction. */
  record(object: T, ref: StripeRef): Promise<void>;
  /** Objects that are not final yet, oldest first: the sweep fetches and records them. */
  pending?(limit: number): Promise<StripeRef[]>;
}

export interface StripeObjectDeclaration {
  readonly object: string;
  readonly events: Partial<Record<Door, readonly string[]>>;
  /** Default `object`: `data.object.id` or the thin event's related object. `account`: the account the event is of. */
  readonly idFrom?: 'object' | 'account';
}

const DECLARATION = Symbol('stripe object');
export function StripeObject(declaration: StripeObjectDeclaration): ClassDecorator {
  return (target) => Reflect.defineMetadata(DECLARATION, declaration, target);
}

export interface Owner {
  readonly declaration: StripeObjectDeclaration;
  readonly handler: StripeObjectOwner<unknown>;
}

/** Who owns which event. Checked at start-up: a subscribed type without an owner, or with two, stops the program. */
@Injectable()
export class StripeRegistry implements OnApplicationBootstrap {
  private readonly byEvent = new Map<string, Owner>();
  readonly owners: Owner[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders() as { instance?: object }[]) {
      const declaration =
        instance &&
        (Reflect.getMetadata(DECLARATION, instance.constructor) as StripeObjectDeclaration | undefined);
      if (instance && declaration)
        this.owners.push({ declaration, handler: instance as StripeObjectOwner<unknown> });
    }
    for (const [key, owner] of ownersByEvent(this.owners.map((o) => [o.declaration, o])))
      this.byEvent.set(key, owner);
  }

  ownerOf(door: string, type: string): Owner | null {
    return this.byEvent.get(`${door} ${type}`) ?? null;
  }

  /** For remedy buttons: fetch and record one object now. False where Stripe does not have it. */
  async refresh(object: string, ref: StripeRef): Promise<boolean> {
    const owner = this.owners.find((o) => o.declaration.object === object);
    if (!owner) throw new InvariantError(`nobody owns Stripe's ${object}`);
    const found = await owner.handler.fetch(ref);
    if (found === null) return false;
    await owner.handler.record(found, ref);
    return true;
  }
}

/** Pure, so that its refusals can be tested. */
export function ownersByEvent<T>(
  declared: readonly (readonly [StripeObjectDeclaration, T])[],
): Map<string, T> {
  const owners = new Map<string, T>();
  for (const [declaration, owner] of declared) {
    for (const [door, types] of Object.entries(declaration.events)) {
      for (const type of types) {
        if (!subscribedEvents[door as Door].includes(type))
          throw new InvariantError(
            `${declaration.object} owns ${type}, which the door “${door}” does not subscribe to`,
          );
        if (owners.has(`${door} ${type}`))
          throw new InvariantError(`${type} has two owners at the door “${door}”`);
        owners.set(`${door} ${type}`, owner);
      }
    }
  }
  for (const [door, types] of Object.entries(subscribedEvents)) {
    const orphan = types.find((type) => !owners.has(`${door} ${type}`));
    if (orphan) throw new InvariantError(`nobody owns ${orphan} at the door “${door}”`);
  }
  return owners;
}
