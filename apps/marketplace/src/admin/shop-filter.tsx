import { Injectable } from '@nestjs/common';
import { Sellers, type SellerView } from '#sellers';
import { address } from '../http/index.js';
import { Field, Notice } from '../ui/index.js';

/** Which shop a list is asked for. */
export interface ShopChoice {
  /** What the list filters by; nothing for all shops, an id that no shop has where it is not clear which one is meant. */
  readonly id: string | undefined;
  /** What the field shows: the shop's name, or what was typed. */
  readonly words: string | undefined;
  /** Shops that could be meant; null where it is clear. */
  readonly candidates: readonly SellerView[] | null;
}

const NO_SHOP = 'sel_none';
const CANDIDATES = 8;

/** Links name a shop by its id, people type its name or a part of it; both arrive in the same filter. */
@Injectable()
export class ShopFilter {
  constructor(private readonly sellers: Sellers) {}

  async choose(typed: string | undefined): Promise<ShopChoice> {
    if (!typed) return { id: undefined, words: undefined, candidates: null };
    const { items } = await this.sellers.page({ search: typed, limit: CANDIDATES });
    const same = items.filter(({ name }) => name.toLowerCase() === typed.toLowerCase());
    const meant = same.length > 0 ? same : items;
    if (meant.length === 1) return { id: meant[0]!.id, words: meant[0]!.name, candidates: null };
    return { id: NO_SHOP, words: typed, candidates: items };
  }
}

export const ShopField = ({ shop }: { shop: ShopChoice }) => (
  <Field
    name="seller"
    type="search"
    label="Shop"
    value={shop.words}
    suggest="/api/v1/admin/sellers?search="
  />
);

/** Below the filters, where it is not clear which shop is meant. `filter` is the rest of what was asked. */
export const WhichShop = (props: { shop: ShopChoice; path: string; filter: object }) => {
  const { candidates, words } = props.shop;
  if (!candidates) return null;
  if (candidates.length === 0)
    return (
      <Notice tone="attention" title={`No shop is called “${words}”`}>
        Try the beginning of a word of its name.
      </Notice>
    );
  return (
    <Notice tone="attention" title={`Which shop is “${words}”?`}>
      {candidates.map(({ id, name }, at) => (
        <>
          {at > 0 && ', '}
          <a href={address(props.path, { ...props.filter, seller: id })}>{name}</a>
        </>
      ))}
    </Notice>
  );
};
