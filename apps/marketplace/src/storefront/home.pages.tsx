import { Controller, Get } from '@nestjs/common';
import type { VNode } from 'preact';
import { Browse, Catalog, type CategoryView, type ListingCardView } from '#catalog';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData } from '../http/index.js';
import { Actions, ButtonLink, EmptyState, Hero, Picture, Shell, Tabs } from '../ui/index.js';
import { Listings } from './listing-grid.js';

const SHOWN = 15;
const LOOKED_AT = 60;

/** The newest of each shop in turn, so that one busy shop does not fill the page. */
function mixed(listings: ListingCardView[]): ListingCardView[] {
  const rounds = new Map<string, number>();
  const round = listings.map(({ seller: { id } }) => {
    const turn = rounds.get(id) ?? 0;
    rounds.set(id, turn + 1);
    return turn;
  });
  return listings
    .map((listing, at) => ({ listing, at }))
    .sort((a, b) => round[a.at]! - round[b.at]! || a.at - b.at)
    .map(({ listing }) => listing);
}

@Public()
@Controller()
export class HomePages {
  constructor(
    private readonly browse: Browse,
    private readonly catalog: Catalog,
  ) {}

  @Get()
  async home(@PageFrame() frame: PageFrameData): Promise<VNode> {
    const { items } = await this.browse.page({ inStock: true }, null, LOOKED_AT);
    return (
      <HomePage
        frame={frame}
        newest={mixed(items).slice(0, SHOWN)}
        categories={await this.catalog.categories()}
      />
    );
  }
}

const HomePage = (props: { frame: PageFrameData; newest: ListingCardView[]; categories: CategoryView[] }) => (
  <Shell
    {...props.frame}
    title="Guildhall"
    description="Things made by hand, bought from the people who made them."
    wide
  >
    <Hero
      title="Bought from the people who made it"
      lead="Cups, paper, tea and more from small workshops around the world. One cart for all of them; each maker is paid directly."
      actions={
        <Actions>
          <ButtonLink look="primary" href="/search">
            Browse everything
          </ButtonLink>
          <ButtonLink href="/sell">Open a shop</ButtonLink>
        </Actions>
      }
      pictures={<HeroPictures listings={props.newest} />}
    />
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
      <EmptyState
        title="The first shop is still being set up"
        icon="store"
        action={<ButtonLink href="/sell">Open a shop</ButtonLink>}
      >
        Nothing is for sale yet. Come back soon, or be the first to sell.
      </EmptyState>
    )}
  </Shell>
);

const HeroPictures = ({ listings }: { listings: ListingCardView[] }) => (
  <>
    {listings
      .flatMap(({ id, picture }) => (picture ? [{ id, url: picture.url }] : []))
      .slice(0, 3)
      .map(({ id, url }) => (
        <Picture key={id} src={url} alt="" eager />
      ))}
  </>
);
