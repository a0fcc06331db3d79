import { Controller, Get, Param } from '@nestjs/common';
import type { VNode } from 'preact';
import { Catalog, listingIdOf, type ListingView, stockWords, type VariantView } from '#catalog';
import { Sellers, type SellerView } from '#sellers';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData } from '../http/index.js';
import {
  Breadcrumbs,
  Button,
  DescriptionList,
  Field,
  FieldGroup,
  Money,
  Notice,
  Picture,
  PostForm,
  Price,
  ProductLayout,
  Shell,
} from '../ui/index.js';
import { countryName } from './country-name.js';

@Public()
@Controller('listing')
export class ListingPages {
  constructor(
    private readonly catalog: Catalog,
    private readonly sellers: Sellers,
  ) {}

  @Get(':key')
  async listing(@PageFrame() frame: PageFrameData, @Param('key') key: string): Promise<VNode> {
    const listing = await this.catalog.publicListing(listingIdOf(key));
    return <ListingPage frame={frame} listing={listing} seller={await this.sellers.byId(listing.sellerId)} />;
  }
}

type Props = { listing: ListingView; seller: SellerView };

const ListingPage = ({ frame, listing, seller }: Props & { frame: PageFrameData }) => (
  <Shell {...frame} title={listing.title} description={listing.description.slice(0, 160)} wide>
    <Breadcrumbs
      items={[
        { label: listing.category.name, href: `/search?category=${listing.category.id}` },
        { label: listing.title },
      ]}
    />
    <ProductLayout pictures={<Gallery listing={listing} />}>
      <div>
        <h1>{listing.title}</h1>
        <p class="muted">
          by <a href={`/shop/${seller.slug}`}>{seller.name}</a>
        </p>
      </div>
      <LowestPrice variants={listing.variants} />
      {listing.shopOpen ? <Buy listing={listing} /> : <Closed seller={seller} />}
      <div class="prose">
        {listing.description.split(/\n{2,}/).map((paragraph, at) => (
          <p key={at}>{paragraph}</p>
        ))}
      </div>
      <Delivery listing={listing} seller={seller} />
    </ProductLayout>
  </Shell>
);

const Gallery = ({ listing: { pictures, title } }: { listing: ListingView }) => (
  <>
    {pictures.length === 0 && <Picture alt={`${title}: no picture yet`} />}
    {pictures.map(({ fileId, url, alt }, at) => (
      <Picture key={fileId} src={url} alt={alt} eager={at === 0} />
    ))}
  </>
);

function LowestPrice({ variants }: { variants: readonly VariantView[] }) {
  const [lowest] = [...variants].sort((a, b) => a.price.compare(b.price));
  if (!lowest) return null;
  const varies = variants.some(({ price }) => !price.equals(lowest.price));
  return <Price {...lowest.price} from={varies} />;
}

function Buy({ listing: { variants } }: { listing: ListingView }) {
  const sellable = variants.filter(({ available }) => available > 0);
  if (sellable.length === 0)
    return (
      <Notice tone="neutral" title="Sold out">
        Every piece has found its buyer. Look again later, or see what else the shop has.
      </Notice>
    );
  return (
    <PostForm action="/cart/items" label="Add to cart">
      {variants.length > 1 ? (
        <FieldGroup legend="Choose one">
          {variants.map((variant) => (
            <VariantChoice key={variant.id} variant={variant} checked={variant === sellable[0]} />
          ))}
        </FieldGroup>
      ) : (
        <>
          <input type="hidden" name="variantId" value={sellable[0]!.id} />
          <StockWords available={sellable[0]!.available} />
        </>
      )}
      <Field
        name="quantity"
        label="Quantity"
        type="number"
        min={1}
        max={99}
        value="1"
        inputMode="numeric"
        required
      />
      <Button look="primary" icon="cart" wide>
        Add to cart
      </Button>
    </PostForm>
  );
}

function VariantChoice({ variant, checked }: { variant: VariantView; checked: boolean }) {
  const id = `variant-${variant.id}`;
  const words = stockWords(variant.available);
  return (
    <div class="check">
      <input
        type="radio"
        id={id}
        name="variantId"
        value={variant.id}
        checked={checked}
        disabled={variant.available === 0}
      />
      <label for={id}>
        {variant.name} · <Money {...variant.price} />
        {words && <span class="muted"> · {words}</span>}
      </label>
    </div>
  );
}

function StockWords({ available }: { available: number }) {
  const words = stockWords(available);
  return words ? <p class="muted">{words}</p> : null;
}

const Closed = ({ seller }: { seller: SellerView }) => (
  <Notice tone="waiting" title="This shop is closed at the moment">
    {seller.name} is not selling just now, so this can't be added to a cart.
  </Notice>
);

const Delivery = ({ listing, seller }: Props) => (
  <DescriptionList
    items={[
      { term: 'Ships from', value: countryName(listing.shipsFrom) },
      {
        term: 'Shipping',
        value: listing.shipping.isZero ? (
          'Free'
        ) : (
          <>
            <Money {...listing.shipping} /> once per order from {seller.name}
          </>
        ),
      },
    ]}
  />
);
