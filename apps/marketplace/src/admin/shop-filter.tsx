import { Injectable } from '@nestjs/common';
import { Sellers, type SellerView } from '#sellers';
import { Field } from '../ui/index.js';

/** Which shop a list is asked for. */
export interface ShopChoice {
  /** What the list filters by; nothing for all shops, an id that no shop has where it is not clear which one is meant. */
  readonly id: string | undefined;
  /** What the field shows: the shop's name, or what was typed. */
  readonly words: string | undefined;
  readonly problem?: string;
}

const NO_SHOP = 'sel_none';
const NAMED = 5;

/** Links name a shop by its id, people type its name or a part of it; both arrive in the same filter. */
@Injectable()
export class ShopFilter {
  constructor(private readonly sellers: Sellers) {}

  async choose(typed: string | undefined): Promise<ShopChoice> {
    if (!typed) return { id: undefined, words: undefined };
    const { items, next } = await this.sellers.page({ search: typed, limit: NAMED });
    const same = items.filter(({ name }) => name.toLowerCase() === typed.toLowerCase());
    const [only] = same.length === 1 ? same : items;
    if (only && (same.length === 1 || items.length === 1)) return { id: only.id, words: only.name };
    return { id: NO_SHOP, words: typed, problem: problemOf(items, next !== null) };
  }
}

function problemOf(shops: readonly SellerView[], more: boolean): string {
  if (shops.length === 0) return 'No shop has this name.';
  return `Several shops match: ${shops.map(({ name }) => name).join(', ')}${more ? ' and more' : ''}. Write the whole name.`;
}

export const ShopField = ({ shop }: { shop: ShopChoice }) => (
  <Field
    name="seller"
    type="search"
    label="Shop"
    value={shop.words}
    error={shop.problem}
    suggest="/api/v1/admin/sellers?search="
  />
);
