import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { isKnownCountry } from '../countries.js';
import type { FormState, Values } from '../ui/forms.js';
import { DEBIT_ACCOUNTS, savedValue } from './checkout.form.js';

type Session = Stripe.Checkout.Session;

/** How the form looks before anybody typed: what is known of the buyer is filled in. @param languages as the browser prefers them */
export function firstForm(engine: Engine, session: Session, languages: string | undefined): FormState {
  const { customer_details: details, shipping_address_collection: collection } = session;
  const id = idOf(session.customer);
  const customer = id ? engine.store.get('customer', engine.checkout.accountOf(session.id), id) : undefined;
  const shipping = customer?.shipping ?? engine.checkout.plan(session.id).payment.shipping;
  const [saved] = engine.sessionPayments.savedFor(session);
  const country =
    details?.address?.country ??
    customer?.address?.country ??
    shipping?.address?.country ??
    likelyCountry(session.locale, languages);
  const allowed: string[] = collection?.allowed_countries ?? [];
  return {
    problems: {},
    values: {
      email: session.customer_email ?? details?.email ?? '',
      name: details?.name ?? customer?.name ?? '',
      phone: details?.phone ?? customer?.phone ?? '',
      country,
      ...(collection && shippingValues(shipping, country, allowed)),
      shipping_option: '0',
      method: saved ? savedValue(saved) : session.payment_method_types.includes('card') ? 'card' : 'debit',
      debit_account: Object.keys(DEBIT_ACCOUNTS)[0]!,
    },
  };
}

type Shipping = Stripe.Customer.Shipping | Stripe.Checkout.SessionCreateParams.PaymentIntentData.Shipping;

/** An address that nothing can be sent to is of no use. */
function shippingValues(shipping: Shipping | null | undefined, country: string, allowed: string[]): Values {
  const { address, name } = shipping ?? {};
  if (address?.country && allowed.includes(address.country)) {
    return {
      shipping_name: name ?? '',
      shipping_line1: address.line1 ?? '',
      shipping_line2: address.line2 ?? '',
      shipping_city: address.city ?? '',
      shipping_postal_code: address.postal_code ?? '',
      shipping_state: address.state ?? '',
      shipping_country: address.country,
    };
  }
  return { shipping_country: allowed.includes(country) ? country : allowed[0]! };
}

/** Where nothing is known of the buyer: where the language of the page, or else of their browser, is spoken most. */
function likelyCountry(locale: string | null, languages: string | undefined): string {
  const preferred = [locale, languages?.split(/[,;]/)[0]].find((language) => language && language !== 'auto');
  try {
    const { region } = new Intl.Locale(preferred?.trim() ?? 'en-US').maximize();
    return region && isKnownCountry(region) ? region : 'US';
  } catch {
    return 'US';
  }
}
