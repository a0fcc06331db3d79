import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';
import { Money } from './values.js';

/** A picture in a frame of fixed shape, so that the page does not jump while it loads; without one, a quiet placeholder. */
export const Picture = (props: {
  src?: string;
  alt: string;
  shape?: 'square' | 'wide' | 'small';
  eager?: boolean;
}) => (
  <span class={`picture picture-${props.shape ?? 'square'}`}>
    {props.src ? (
      <img src={props.src} alt={props.alt} loading={props.eager ? 'eager' : 'lazy'} decoding="async" />
    ) : (
      <Icon name="image" label={props.alt || 'No picture yet'} />
    )}
  </span>
);

/** One listing in a grid: picture, title, seller, and the price easy to find. */
export const ListingCard = (props: {
  href: string;
  title: string;
  seller: { name: string; href?: string };
  price: { amount: bigint; currency: string };
  /** Where variants cost different amounts. */
  from?: boolean;
  picture?: { src: string; alt: string };
  /** For example "Sold out" or "Only 2 left". */
  note?: string;
}) => (
  <article class="listing-card">
    <Picture src={props.picture?.src} alt={props.picture?.alt ?? ''} />
    <div class="listing-card-body">
      <h3>
        <a class="listing-card-link" href={props.href}>
          {props.title}
        </a>
      </h3>
      <p class="listing-card-seller">
        {props.seller.href ? <a href={props.seller.href}>{props.seller.name}</a> : props.seller.name}
      </p>
      <p class="listing-card-price">
        {props.from && <span class="from">from </span>}
        <Money {...props.price} />
        {props.note && <span class="listing-card-note">{props.note}</span>}
      </p>
    </div>
  </article>
);

/** The grid that listing cards stand in. */
export const ListingGrid = ({ children }: { children: ComponentChildren }) => (
  <div class="listing-grid">{children}</div>
);
