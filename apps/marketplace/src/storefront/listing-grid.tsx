import type { ListingCardView } from '#catalog';
import { ListingCard, ListingGrid } from '../ui/index.js';

/** Listings as cards; `heading` is for screen readers, where no visible heading stands above. */
export const Listings = ({ items, heading }: { items: readonly ListingCardView[]; heading?: string }) => (
  <section>
    {heading && <h2 class="visually-hidden">{heading}</h2>}
    <ListingGrid>
      {items.map((item) => (
        <ListingCard
          key={item.id}
          href={item.url}
          title={item.title}
          seller={{ name: item.seller.name, href: `/shop/${item.seller.slug}` }}
          price={item.price}
          from={item.priceVaries}
          {...(item.picture && { picture: { src: item.picture.url, alt: item.picture.alt } })}
          {...(!item.inStock && { note: 'Sold out' })}
        />
      ))}
    </ListingGrid>
  </section>
);
