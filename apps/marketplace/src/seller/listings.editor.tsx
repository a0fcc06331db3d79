import { type CategoryView, listingLimits, type ListingView } from '#catalog';
import type { SellerView } from '#sellers';
import type { FieldErrors, PageFrameData } from '../http/index.js';
import {
  Actions,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  Field,
  FieldRow,
  FormErrors,
  MoneyInput,
  Notice,
  PostForm,
  Select,
  Stack,
  TextArea,
} from '../ui/index.js';
import type { ListingForm } from './listings.form.js';
import { PicturesCard } from './listings.pictures.view.js';
import { ListingBadge, listingStatuses } from './listings.status.js';
import { VariantsCard, wrong } from './listings.variants.view.js';
import { SellerDesk } from './seller-desk.js';

export type EditorProps = {
  frame: PageFrameData;
  seller: SellerView;
  categories: CategoryView[];
  /** Null for a listing that is not stored yet. */
  listing: ListingView | null;
  form: ListingForm;
  errors: FieldErrors;
  /** What was typed about a picture that was refused. */
  pictureAlt?: string;
};

/** The page on which a listing is written and changed. */
export function ListingEditor(props: EditorProps) {
  const { seller, listing, errors } = props;
  const path = `/seller/${seller.id}/listings`;
  const fields = <ListingFields {...props} path={listing ? `${path}/${listing.id}` : path} />;
  return (
    <SellerDesk
      frame={props.frame}
      seller={seller}
      current="listings"
      title={listing?.title ?? 'New listing'}
      {...(listing && { badge: <ListingBadge status={listing.status} /> })}
      breadcrumbs={
        <Breadcrumbs
          items={[{ label: 'Listings', href: path }, { label: listing?.title ?? 'New listing' }]}
        />
      }
    >
      <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {listing ? (
        <Columns
          main={listing.status === 'archived' ? <Archived listing={listing} path={path} /> : fields}
          aside={
            <>
              <StatusCard {...props} listing={listing} path={`${path}/${listing.id}`} />
              <PicturesCard
                listing={listing}
                path={`${path}/${listing.id}/pictures`}
                errors={errors}
                alt={props.pictureAlt}
              />
            </>
          }
        />
      ) : (
        fields
      )}
    </SellerDesk>
  );
}

function ListingFields({ seller, listing, categories, form, errors, path }: EditorProps & { path: string }) {
  const currency = listing?.currency ?? seller.currency;
  return (
    <PostForm action={path} label="Listing">
      {/* Return presses a form's first button: it must be the one that saves, not one that removes a row. */}
      <button class="visually-hidden" type="submit" name="do" value="save" tabIndex={-1} aria-hidden="true" />
      <Card title="What it is">
        <Stack>
          <Field
            name="title"
            label="Title"
            value={form.title}
            maxLength={listingLimits.title}
            required
            {...wrong(errors, 'title')}
          />
          <TextArea
            name="description"
            label="Description"
            value={form.description}
            rows={7}
            maxLength={listingLimits.description}
            help="What it is made of, how big it is, how to care for it. Leave an empty line between paragraphs."
            {...wrong(errors, 'description')}
          />
          <FieldRow>
            <Select
              name="category"
              label="Category"
              placeholder="Choose a category"
              value={form.category}
              options={categories.map(({ id, name }) => ({ value: id, label: name }))}
              required
              {...wrong(errors, 'category')}
            />
            <MoneyInput
              name="shipping"
              label="Shipping"
              currency={currency}
              value={form.shipping}
              help="Asked once per order. Leave it empty to ship for free."
              {...wrong(errors, 'shipping')}
            />
          </FieldRow>
        </Stack>
      </Card>
      <VariantsCard rows={form.variants} currency={currency} errors={errors} />
      <Actions>
        <Button look="primary" name="do" value="save">
          {listing ? 'Save changes' : 'Save as a draft'}
        </Button>
        <ButtonLink look="quiet" href={`/seller/${seller.id}/listings`}>
          Cancel
        </ButtonLink>
      </Actions>
    </PostForm>
  );
}

function StatusCard({ seller, listing, path }: EditorProps & { listing: ListingView; path: string }) {
  const { status } = listing;
  return (
    <Card title={listingStatuses[status].word} subtitle={listingStatuses[status].sentence}>
      <Stack>
        {status === 'published' && !seller.canSell && (
          <Notice tone="attention" title="Your shop is not open yet">
            Buyers see this listing as soon as you can sell.{' '}
            <a href={`/seller/${seller.id}`}>See what is missing</a>.
          </Notice>
        )}
        <Actions>
          {status === 'draft' && <Move path={path} verb="publish" label="Publish" primary />}
          {status === 'published' && <ButtonLink href={listing.url}>See it in the hall</ButtonLink>}
          {status === 'published' && <Move path={path} verb="unpublish" label="Take it down" />}
          {status !== 'archived' && <Move path={path} verb="archive" label="Archive" />}
          {status === 'archived' && <Move path={path} verb="restore" label="Bring back as a draft" primary />}
        </Actions>
      </Stack>
    </Card>
  );
}

const Move = (props: { path: string; verb: string; label: string; primary?: boolean }) => (
  <PostForm action={`${props.path}/${props.verb}`} inline>
    <Button look={props.primary ? 'primary' : 'secondary'}>{props.label}</Button>
  </PostForm>
);

const Archived = ({ listing, path }: { listing: ListingView; path: string }) => (
  <Card title="This listing is archived">
    <p>
      Bring “{listing.title}” back as a draft to change it, or <a href={path}>go to your other listings</a>.
    </p>
  </Card>
);
