import type { ListingView } from '#catalog';

/** What a stranger may know: no SKU, and not how many pieces open orders hold. */
export function publicListing(listing: ListingView) {
  const { id, sellerId, title, url, description, category, currency, shipping, shipsFrom } = listing;
  return {
    id,
    sellerId,
    title,
    url,
    description,
    category,
    currency,
    shipping,
    shipsFrom,
    forSale: listing.shopOpen,
    pictures: listing.pictures.map((picture) => ({ url: picture.url, alt: picture.alt })),
    variants: listing.variants.map((variant) => ({
      id: variant.id,
      name: variant.name,
      price: variant.price,
      available: variant.available,
    })),
  };
}

export type PublicListing = ReturnType<typeof publicListing>;
