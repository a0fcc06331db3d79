/** A shop of the demo: what a stranger sees when they first open the marketplace. */
export type DemoShop = {
  slug: string;
  name: string;
  /** ISO 3166-1 alpha-2, upper case. */
  country: string;
  /** ISO 4217, lower case as Stripe writes it. */
  currency: string;
  description: string;
  owner: { name: string; email: string };
  listings: DemoListing[];
};

export type DemoListing = {
  title: string;
  description: string;
  category: DemoCategory;
  variants: { name: string; amountMinor: bigint; stock: number }[];
  picture: { svg: string; alt: string };
  /** What the seller asks for sending it; without it, shipping is free. */
  shippingMinor?: bigint;
};

export type DemoCategory = 'Ceramics' | 'Paper and books' | 'Tea' | 'Home';
