import { Injectable } from '@nestjs/common';
import { DomainError, newId } from '#kernel';
import { Transactions } from '#platform';
import type { VariantInput } from './listing.rules.js';

interface Stored {
  readonly id: string;
  readonly on_hand: number;
  readonly held: number;
}

/** Saves the variants of a listing whose rows the caller has locked. */
@Injectable()
export class Variants {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Makes the listing's variants those of `inputs`, in that order; what is left out is archived, since orders name it.
   * Throws `listing_invalid` for an unknown id and for a stock below what open orders hold.
   */
  async save(listingId: string, currency: string, inputs: readonly VariantInput[]): Promise<void> {
    const rows = await this.transactions.write<Stored>(
      `select id, on_hand, held from catalog.variants where listing_id = $1 and not archived`,
      [listingId],
    );
    const stored = new Map(rows.map((row) => [row.id, row]));
    const next = inputs.map((input) => ({
      id: input.id ?? newId('var'),
      name: input.name,
      sku: input.sku ?? null,
      price: input.price.amount,
      onHand: input.id ? onHandAfter(input, stored.get(input.id)) : input.stock,
    }));
    refuse(inputs, next, stored);
    await this.transactions.write(
      `update catalog.variants set archived = true where listing_id = $1 and not archived and id <> all($2)`,
      [listingId, next.map(({ id }) => id)],
    );
    await this.transactions.write(
      `insert into catalog.variants (id, listing_id, currency, position, name, sku, price_amount, on_hand)
       select v.id, $1, $2, v.position, v.name, v.sku, v.price, v.on_hand
       from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::int[])
            with ordinality as v (id, name, sku, price, on_hand, position)
       on conflict (id) do update set position = excluded.position, name = excluded.name, sku = excluded.sku,
         price_amount = excluded.price_amount, on_hand = excluded.on_hand`,
      [
        listingId,
        currency,
        next.map(({ id }) => id),
        next.map(({ name }) => name),
        next.map(({ sku }) => sku),
        next.map(({ price }) => price),
        next.map(({ onHand }) => onHand),
      ],
    );
  }
}

/** The seller's change is applied to today's figure: pieces sold since the form was drawn stay sold. */
function onHandAfter(input: VariantInput, stored: Stored | undefined): number {
  if (!stored || input.stockSeen === undefined) return input.stock;
  return stored.on_hand + input.stock - input.stockSeen;
}

function refuse(
  inputs: readonly VariantInput[],
  next: readonly { id: string; onHand: number }[],
  stored: ReadonlyMap<string, Stored>,
): void {
  const fields: Record<string, string> = {};
  const seen = new Set<string>();
  inputs.forEach((input, index) => {
    const { id, onHand } = next[index]!;
    const known = stored.get(id);
    if (input.id && (!known || seen.has(id)))
      fields[`variants.${index}.name`] = 'This variant was removed in the meantime. Add it as a new one.';
    seen.add(id);
    if (onHand < (known?.held ?? 0))
      fields[`variants.${index}.stock`] = known?.held
        ? `Open orders hold ${known.held}: enter at least ${known.held + input.stock - onHand}.`
        : 'Enter 0 or more.';
  });
  if (Object.keys(fields).length > 0)
    throw new DomainError('listing_invalid', 'conflict', 'Some fields need your attention.', fields);
}
