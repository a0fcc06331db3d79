import { Controller, Get } from '@nestjs/common';
import type { VNode } from 'preact';
import { Browse, Catalog, type CategoryView, type ListingCardView } from '#catalog';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData } from '../http/index.js';
import { ButtonLink, EmptyState, Picture, Shell, Tabs } from '../ui/index.js';
import { Listings } from './listing-grid.js';

const SHOWN = 16;

@Public()
@Controller()
export class HomePages {
  constructor(
    private readonly browse: Browse,
    private readonly catalog: Catalog,
  ) {}

  @Get()
  async home(@PageFrame() frame: PageFrameData): Promise<VNode> {
    const { items } = await this.browse.page({ inStock: true }, null, SHOWN);
    return <HomePage frame={frame} newest={items} categories={await this.catalog.categories()} />;
  }
}

const HomePage = (props: {
  frame: PageFrameData;
  newest: ListingCardView[];
  categories: CategoryView[];
}) => (
  <Shell
    {...props.frame}
    title="Guildhall"
    description="Things made by hand, bought from the people who made them."
    wide
  >
    <section class="hero">
      <div>
        <h1>Bought from the people who made it</h1>
        <p class="lead">
          Cups, paper, tea and more from small workshops around the world. One cart for all of them; each maker is
          paid directly.
        </p>
        <div class="actions">
          <ButtonLink look="primary" href="/search">
            Browse everything
          </ButtonLink>
          <ButtonLink href="/sell">Open a shop</ButtonLink>
        </div>
      </div>
      <HeroPictures listings={props.newest} />
    </section>
    <Tabs
      label="Categories"
      tabs={props.categories.map(({ id, name }) => ({ href: `/search?category=${id}`, label: name }))}
    />
    <div class="section-head">
      <h2>New in the hall</h2>
      {props.newest.length > 0 && <a href="/search">See everything</a>}
    </div>
    {props.newest.length > 0 ? (
      <Listings items={props.newest} />
    ) : (
      <EmptyState title="The first shop is still being set up" icon="store" action={<ButtonLink href="/sell">Open a shop</ButtonLink>}>
        Nothing is for sale yet. Come back soon, or be the first to sell.
      </EmptyState>
    )}
  </Shell>
);

/** Decoration: the same goods stand below with their names, so these pictures say nothing to a screen reader. */
const HeroPictures = ({ listings }: { listings: ListingCardView[] }) => (
  <div class="hero-pictures" aria-hidden="true">
    {onePerShop(listings).map(({ id, picture }) => (
      <Picture key={id} src={picture!.url} alt="" eager />
    ))}
  </div>
);

function onePerShop(listings: ListingCardView[]): ListingCardView[] {
  const pictured = listings.filter(({ picture }) => picture);
  const first = new Map(pictured.map((listing) => [listing.seller.id, listing]));
  return [...new Set([...first.values(), ...pictured])].slice(0, 3);
}
