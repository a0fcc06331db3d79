import { listingLimits, type ListingView } from '#catalog';
import type { FieldErrors } from '../http/index.js';
import { Button, Card, Field, FileInput, Picture, PostForm, Stack } from '../ui/index.js';

type Props = { listing: ListingView; path: string; errors: FieldErrors; alt: string | undefined };

/** The pictures of a listing: order, removal, and a form for another one. */
export const PicturesCard = ({ listing, path, errors, alt: typed }: Props) => (
  <Card title="Pictures" subtitle={subtitle(listing)}>
    <Stack>
      {listing.pictures.map(({ fileId, url, alt }, index) => (
        <div key={fileId} class="line-item">
          <Picture src={url} alt={alt} shape="small" />
          <div class="line-item-body">
            <p class="line-item-detail">{index === 0 ? `First picture: ${alt}` : alt}</p>
            <div class="actions">
              {index > 0 && <Small action={`${path}/${fileId}/first`} label="Put first" />}
              <Small action={`${path}/${fileId}/remove`} label="Remove" />
            </div>
          </div>
        </div>
      ))}
      {listing.pictures.length < listingLimits.pictures && (
        <PostForm action={path} files label="Add a picture">
          <FileInput
            name="picture"
            label="Picture"
            accept="image/jpeg,image/png,image/webp,image/avif"
            help="JPEG, PNG, WebP or AVIF, at most 5 MB."
            required
            {...(errors['picture'] && { error: errors['picture'] })}
          />
          <Field
            name="alt"
            label="What it shows"
            value={typed}
            help="Read aloud to people who can’t see it."
            maxLength={listingLimits.alt}
            required
            {...(errors['alt'] && { error: errors['alt'] })}
          />
          <Button icon="image">Add picture</Button>
        </PostForm>
      )}
    </Stack>
  </Card>
);

const subtitle = ({ pictures }: ListingView): string =>
  pictures.length === 0
    ? 'Buyers look at pictures first: add at least one.'
    : 'The first one stands for the listing in lists.';

const Small = (props: { action: string; label: string }) => (
  <PostForm action={props.action} inline>
    <Button look="quiet" small>
      {props.label}
    </Button>
  </PostForm>
);
