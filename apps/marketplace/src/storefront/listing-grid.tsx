import type { ListingCardView } from '#catalog';
import type { Page } from '#platform';
import { ListingCard, ListingGrid, Pager } from '../ui/index.js';

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

/** Links to the pages around this one, with the rest of the address kept. */
export function PagerFor(props: { page: Page<unknown>; path: string; query: object }) {
  const link = (after: string) => `${props.path}?${queryString({ ...props.query, after })}`;
  return (
    <Pager
      {...(props.page.previous && { previous: link(props.page.previous) })}
      {...(props.page.next && { next: link(props.page.next) })}
    />
  );
}

export function queryString(query: object): string {
  const filled = Object.entries(query).filter(([, value]) => typeof value === 'string' && value !== '');
  return new URLSearchParams(filled as [string, string][]).toString();
}
