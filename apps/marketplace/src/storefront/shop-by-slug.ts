import { DomainError } from '#kernel';
import type { Sellers, SellerView } from '#sellers';

/** The shop at this address. Throws `shop_not_found`. */
export async function shopBySlug(sellers: Sellers, slug: string): Promise<SellerView> {
  const seller = await sellers.bySlug(slug);
  if (!seller) throw DomainError.notFound('shop');
  return seller;
}
