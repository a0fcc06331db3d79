import type { CartGroupView, CartView } from '#checkout';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import {
  Breadcrumbs,
  Button,
  Card,
  Columns,
  Field,
  FieldRow,
  FormErrors,
  LineItem,
  Money,
  Notice,
  PageHead,
  PostForm,
  Select,
  Shell,
  Stack,
} from '../ui/index.js';
import { GroupFigures, OneAfterAnother, Totals } from './cart.views.js';
import { countries } from './countries.js';

const fields = [
  'email',
  'name',
  'line1',
  'line2',
  'city',
  'region',
  'postcode',
  'country',
  'phone',
  'promotionCode',
];

type Props = {
  frame: PageFrameData;
  cart: CartView;
  /** The address of the receipt, where the buyer has an account. */
  signedInAs: string | null;
  token: string;
  errors: FieldErrors;
  typed: Typed;
};

export function CheckoutPage({ frame, cart, signedInAs, token, errors, typed }: Props) {
  const ofFields = Object.entries(errors).filter(([field]) => field === '' || fields.includes(field));
  // Named by the goods they are about: prices and stock that changed under the buyer's eyes.
  const ofGoods = Object.entries(errors).filter(([field]) => field !== '' && !fields.includes(field));
  return (
    <Shell {...frame} title="Check out">
      <Breadcrumbs items={[{ label: 'Your cart', href: '/cart' }, { label: 'Check out' }]} />
      <PageHead title="Check out" />
      <Stack>
        <FormErrors
          errors={ofFields.map(([field, message]) => ({ ...(field && { field }), message }))}
        />
        {ofGoods.length > 0 && <Changed messages={ofGoods.map(([, message]) => message)} />}
        <PostForm action="/checkout" id="checkout" label="Check out">
          <input type="hidden" name="token" value={token} />
          <Columns
            main={
              <>
                <Receipt signedInAs={signedInAs} typed={typed} errors={errors} />
                <Address typed={typed} errors={errors} />
              </>
            }
            aside={
              <>
                <YourOrder cart={cart} />
                <Promotion cart={cart} typed={typed} errors={errors} />
              </>
            }
          />
        </PostForm>
      </Stack>
    </Shell>
  );
} // prettier-ignore

const Changed = ({ messages }: { messages: string[] }) => (
  <div role="alert">
    <Notice tone="attention" title="Something changed before you paid">
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
      <p>Nothing was charged. Look at the new figures, then check out again.</p>
    </Notice>
  </div>
);

type Inputs = { typed: Typed; errors: FieldErrors };

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

const Receipt = ({ signedInAs, typed, errors }: Inputs & { signedInAs: string | null }) => (
  <Card title="Your receipt">
    {signedInAs ? (
      <p>
        It goes to <strong>{signedInAs}</strong>, and your purchases keep it too.
      </p>
    ) : (
      <Stack>
        <Field
          name="email"
          label="E-mail"
          type="email"
          autocomplete="email"
          help="For the receipt and a private link to your purchase. You need no account."
          maxLength={254}
          value={text(typed, 'email')}
          error={errors['email']}
          required
        />
        <p class="muted">
          Have an account? <a href="/sign-in?next=/checkout">Sign in</a>; your cart comes with you.
        </p>
      </Stack>
    )}
  </Card>
);

function Address({ typed, errors }: Inputs) {
  const input = (name: string) => ({ name, value: text(typed, name), error: errors[name] });
  return (
    <Card title="Where it goes">
      <Stack>
        <Field {...input('name')} label="Full name" autocomplete="shipping name" maxLength={100} required />
        <Select
          {...input('country')}
          label="Country"
          placeholder="Choose a country"
          options={countries}
          required
        />
        <Field
          {...input('line1')}
          label="Street and number"
          autocomplete="shipping address-line1"
          maxLength={120}
          required
        />
        <Field
          {...input('line2')}
          label="Flat, floor, company"
          autocomplete="shipping address-line2"
          maxLength={120}
        />
        <FieldRow>
          <Field {...input('postcode')} label="Postcode" autocomplete="shipping postal-code" maxLength={20} />
          <Field
            {...input('city')}
            label="Town or city"
            autocomplete="shipping address-level2"
            maxLength={80}
            required
          />
        </FieldRow>
        <FieldRow>
          <Field
            {...input('region')}
            label="State or region"
            autocomplete="shipping address-level1"
            maxLength={80}
          />
          <Field
            {...input('phone')}
            label="Phone"
            type="tel"
            autocomplete="shipping tel"
            help="For the carrier only."
            maxLength={30}
          />
        </FieldRow>
      </Stack>
    </Card>
  );
}

/** The pay button stands before the promotion code's, so that the Enter key checks out. */
const YourOrder = ({ cart }: { cart: CartView }) => (
  <Card title="Your order">
    <Stack>
      {cart.groups.map((group) => (
        <Part key={group.sellerId} group={group} />
      ))}
      {cart.groups.length > cart.totals.length && <Totals cart={cart} />}
      <Button look="primary" wide>
        {cart.groups.length > 1 ? 'Go on to the payments' : 'Go on to pay'}
      </Button>
      <p class="muted">We keep these things for you for half an hour while you pay.</p>
      <OneAfterAnother shops={cart.groups.length} />
    </Stack>
  </Card>
);

const Part = ({ group }: { group: CartGroupView }) => (
  <div>
    <h3>{group.sellerName}</h3>
    {group.lines.map((line) => (
      <LineItem
        key={line.variantId}
        {...(line.pictureUrl && { picture: { src: line.pictureUrl, alt: '' } })}
        title={line.title}
        detail={`${line.quantity} × ${line.variantName || line.price.format()}`}
        amount={<Money {...line.amount} />}
      />
    ))}
    <GroupFigures group={group} />
    {group.problem && <Notice tone="attention">{group.problem}</Notice>}
  </div>
);

const Promotion = ({ cart, typed, errors }: Inputs & { cart: CartView }) => (
  <Card title="Promotion code">
    {cart.promotion ? (
      <Stack>
        <p>
          <strong>{cart.promotion.code}</strong>{' '}
          {cart.promotion.problem ?? 'is applied; the discount is in the figures above.'}
        </p>
        <div>
          <Button small formAction="/checkout/promotion" name="removeCode" value="yes">
            Remove the code
          </Button>
        </div>
      </Stack>
    ) : (
      <Stack>
        <Field
          name="promotionCode"
          label="Code"
          maxLength={40}
          autocomplete="off"
          value={text(typed, 'promotionCode')}
          error={errors['promotionCode']}
        />
        <div>
          <Button formAction="/checkout/promotion">Apply the code</Button>
        </div>
      </Stack>
    )}
  </Card>
);
