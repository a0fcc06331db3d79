import type { ComponentChildren } from 'preact';
import { Button, PostForm } from './actions.js';
import { fieldId } from './forms.js';
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
  /** One below the heading above the grid. */
  heading?: 'h2' | 'h3';
}) => {
  const Heading = props.heading ?? 'h3';
  return (
    <article class="listing-card">
      <Picture src={props.picture?.src} alt={props.picture?.alt ?? ''} />
      <div class="listing-card-body">
        <Heading>
          <a class="listing-card-link" href={props.href}>
            {props.title}
          </a>
        </Heading>
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
};

/** The grid that listing cards stand in. */
export const ListingGrid = ({ children }: { children: ComponentChildren }) => (
  <div class="listing-grid">{children}</div>
);

/** The storefront's opening: a sentence, where to go, and three goods. */
export const Hero = (props: {
  title: string;
  lead: string;
  actions: ComponentChildren;
  pictures: ComponentChildren;
}) => (
  <section class="hero">
    <div>
      <h1>{props.title}</h1>
      <p class="lead">{props.lead}</p>
      {props.actions}
    </div>
    {/* Decoration: the same goods stand below with their names. */}
    <div class="hero-pictures" aria-hidden="true">
      {props.pictures}
    </div>
  </section>
);

/** A listing's own page: pictures beside everything one needs to buy it. */
export const ProductLayout = (props: { pictures: ComponentChildren; children: ComponentChildren }) => (
  <div class="product">
    <div class="stack">{props.pictures}</div>
    <div class="stack">{props.children}</div>
  </div>
);

/** The price on a listing's page. */
export const Price = (props: { amount: bigint; currency: string; from?: boolean }) => (
  <p class="product-price">
    {props.from && <span class="from">from </span>}
    <Money amount={props.amount} currency={props.currency} />
  </p>
);

/** One thing in a cart, a purchase or an order. */
export const LineItem = (props: {
  picture?: { src: string; alt: string };
  title: ComponentChildren;
  detail?: ComponentChildren;
  amount: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class="line-item">
    <Picture shape="small" src={props.picture?.src} alt={props.picture?.alt ?? ''} />
    <div class="line-item-body">
      <p class="line-item-title">{props.title}</p>
      {props.detail && <p class="line-item-detail">{props.detail}</p>}
      {props.action}
    </div>
    <p class="line-item-amount">{props.amount}</p>
  </div>
);

/** How many of one line of a cart: a form of its own, which works without JavaScript. `remove` comes as `yes`. */
export function LineQuantity(props: {
  action: string;
  /** Makes the field's id unique on a page with many. */
  id: string;
  /** What the number is of, for screen readers. */
  of: string;
  value: number;
  max: number;
}) {
  const id = fieldId(`quantity-${props.id}`);
  return (
    <div class="line-quantity">
      <PostForm action={props.action} inline label={`How many of ${props.of}`}>
        <label for={id}>
          Quantity<span class="visually-hidden"> of {props.of}</span>
        </label>
        <input
          class="control control-number"
          id={id}
          name="quantity"
          type="number"
          inputMode="numeric"
          min={0}
          max={props.max}
          value={props.value}
          autocomplete="off"
        />
        <Button small>
          Update<span class="visually-hidden"> {props.of}</span>
        </Button>
        <Button small look="quiet" name="remove" value="yes">
          Remove<span class="visually-hidden"> {props.of}</span>
        </Button>
      </PostForm>
    </div>
  );
}
