import type Stripe from 'stripe';
import type { CardBrand } from '../../engine/cards.js';
import { countryOptions } from '../countries.js';
import { formatMoney } from '../ui/format.js';
import {
  Button,
  Checkbox,
  Choice,
  Field,
  FieldGroup,
  FieldRow,
  FormProblems,
  PostForm,
  Select,
  type FormState,
  type Option,
} from '../ui/forms.js';
import { TwoColumns } from '../ui/hosted.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/parts.js';
import { METHODS } from '../words.js';
import { CardFields } from './card-fields.js';
import { givenEmail, DEBIT_ACCOUNTS, debitOf, savedValue, totalOf, type Saved } from './checkout.form.js';
import { BackToShop, Summary } from './summary.js';
import { BRANDS } from './test-cards.js';

interface Props {
  session: Stripe.Checkout.Session;
  items: Stripe.LineItem[];
  /** The session's shipping options, in its order. */
  rates: Stripe.ShippingRate[];
  platform: string;
  form: FormState;
  /** What a returning customer saved. */
  saved: Saved;
  /** Why the last attempt did not go through, in Stripe's words. */
  refusal?: string | undefined;
}

export function CheckoutPage({ session, items, rates, platform, form, saved, refusal }: Props) {
  const total = totalOf(session, form.values);
  const setup = session.mode === 'setup';
  const hasCard = session.payment_method_types.includes('card');
  const debit = debitOf(session);
  const methods = methodOptions(saved, hasCard, debit, setup);
  return (
    <TwoColumns
      back={<BackToShop session={session} platform={platform} />}
      aside={<Summary session={session} items={items} platform={platform} total={total} />}
    >
      <h1 class="pay-heading">{setup ? 'Save a payment method' : 'Payment details'}</h1>
      {refusal ? (
        <Notice tone="bad" title={refusal} alert>
          {setup ? 'Nothing was saved.' : 'You have not been charged.'} Try again or use another payment
          method.
        </Notice>
      ) : (
        <FormProblems problems={form.problems} />
      )}
      <PostForm action={`/c/pay/${session.id}`} label="Payment">
        <input type="hidden" name="shown_total" value={total} />
        <Contact session={session} form={form} />
        {session.shipping_address_collection && <ShippingAddress session={session} form={form} />}
        {session.shipping_options.length > 1 && (
          <ShippingChoice session={session} rates={rates} form={form} />
        )}
        {methods.length > 1 && <Choice {...form} name="method" label="Payment method" options={methods} />}
        {methods.length === 1 && <input type="hidden" name="method" value={methods[0]!.value} />}
        {hasCard && <CardFields form={form} />}
        {debit && <DebitFields form={form} platform={platform} />}
        <div class="method-new">
          <Field {...form} name="name" label="Name on card or account" autocomplete="name" />
          <Select
            {...form}
            name="country"
            label="Country or region"
            autocomplete="country"
            options={countryOptions()}
            follows={session.shipping_address_collection ? 'shipping_country' : undefined}
          />
          {session.saved_payment_method_options?.payment_method_save === 'enabled' && !setup && (
            <Checkbox
              {...form}
              name="save"
              label={`Save my card for later purchases at ${platform}`}
              optional
            />
          )}
        </div>
        {setup && (
          <p class="help">
            By saving it you allow {platform} to charge this payment method for later payments. Nothing is
            charged now.
          </p>
        )}
        {session.custom_text.submit && <p class="help">{session.custom_text.submit.message}</p>}
        <Button look="primary" wide>
          <Icon name="lock" />
          {buttonWord(session, total)}
        </Button>
      </PostForm>
    </TwoColumns>
  );
}

function methodOptions(saved: Saved, hasCard: boolean, debit: string | undefined, setup: boolean): Option[] {
  return [
    ...saved.map((method) => ({
      value: savedValue(method),
      label: `${BRANDS[method.card!.brand as CardBrand]} ending in ${method.card!.last4}`,
      hint: `Saved, good until ${String(method.card!.exp_month).padStart(2, '0')}/${method.card!.exp_year}`,
    })),
    ...(hasCard ? [{ value: 'card', label: saved.length > 0 ? 'Another card' : 'Card' }] : []),
    ...(debit
      ? [
          {
            value: 'debit',
            label: METHODS[debit]!,
            hint: setup ? 'Debited by later payments.' : 'Confirmed now; the money takes three days.',
          },
        ]
      : []),
  ];
}

function buttonWord(session: Stripe.Checkout.Session, total: number): string {
  if (session.mode === 'setup') return 'Save payment method';
  if (total === 0) return 'Start trial';
  return `${session.mode === 'subscription' ? 'Subscribe and pay' : 'Pay'} ${formatMoney(total, session.currency!)}`;
}

type Part = { session: Stripe.Checkout.Session; form: FormState };

const Contact = ({ session, form }: Part) => (
  <>
    <Field
      {...form}
      name="email"
      label="Email"
      type="email"
      inputMode="email"
      autocomplete="email"
      readOnly={givenEmail(session) !== null}
    />
    {session.phone_number_collection?.enabled && (
      <Field {...form} name="phone" label="Phone" type="tel" inputMode="tel" autocomplete="tel" />
    )}
  </>
);

const ShippingAddress = ({ session, form }: Part) => (
  <FieldGroup legend="Shipping address">
    <Field {...form} name="shipping_name" label="Full name" autocomplete="shipping name" />
    <Select
      {...form}
      name="shipping_country"
      label="Country"
      autocomplete="shipping country"
      options={countryOptions(session.shipping_address_collection!.allowed_countries)}
    />
    <Field {...form} name="shipping_line1" label="Street and number" autocomplete="shipping address-line1" />
    <Field
      {...form}
      name="shipping_line2"
      label="Apartment, floor"
      optional
      autocomplete="shipping address-line2"
    />
    <FieldRow>
      <Field {...form} name="shipping_postal_code" label="Postal code" autocomplete="shipping postal-code" />
      <Field {...form} name="shipping_city" label="City" autocomplete="shipping address-level2" />
    </FieldRow>
    <Field
      {...form}
      name="shipping_state"
      label="State or province"
      optional
      autocomplete="shipping address-level1"
    />
  </FieldGroup>
);

const ShippingChoice = ({ session, rates, form }: Part & Pick<Props, 'rates'>) => (
  <Choice
    {...form}
    name="shipping_option"
    label="Shipping"
    options={session.shipping_options.map((option, index) => ({
      value: String(index),
      label: `${rates[index]!.display_name ?? 'Shipping'}: ${formatMoney(option.shipping_amount, session.currency!)}`,
    }))}
  />
);

const DebitFields = ({ form, platform }: { form: FormState; platform: string }) => (
  <div class="method-debit">
    <FieldGroup legend="Bank debit">
      <Select
        {...form}
        name="debit_account"
        label="Test account"
        options={Object.entries(DEBIT_ACCOUNTS).map(([value, label]) => ({
          value,
          label: `${value} · ${label}`,
        }))}
      />
      <p class="help">
        By going on you allow {platform} to debit this account. The shop tells you when the money has arrived.
      </p>
    </FieldGroup>
  </div>
);
