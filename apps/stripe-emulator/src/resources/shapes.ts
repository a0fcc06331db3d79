import { bool, emptyable, int, metadata, object, oneOf, required, str, type Param } from '../http/params.js';

/** Parts of parameters that several resources share. */
export const address: Param = object({
  city: str,
  country: str,
  line1: emptyable(str),
  line2: emptyable(str),
  postal_code: str,
  state: str,
});

export const shipping: Param = object({
  address: required(address),
  carrier: str,
  name: required(str),
  phone: str,
  tracking_number: str,
});

export const transferData: Param = object({ amount: int(1), destination: required(str) });

export const billingDetails: Param = object({
  address: emptyable(address),
  email: emptyable(str),
  name: emptyable(str),
  phone: emptyable(str),
  tax_id: str,
});

const cardFields = {
  cvc: str,
  exp_month: int(0, 9999),
  exp_year: int(0, 9999),
  networks: object({ preferred: str }),
  number: str,
  token: str,
};

/** What a payment method is made of. */
export const methodFields = {
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  bacs_debit: object({ account_number: str, sort_code: str }),
  billing_details: billingDetails,
  card: object(cardFields),
  customer_balance: object({}),
  sepa_debit: object({ iban: required(str) }),
  type: str,
  us_bank_account: object({
    account_holder_type: oneOf('company', 'individual'),
    account_number: str,
    account_type: oneOf('checking', 'savings'),
    routing_number: str,
  }),
};

/** A method by its id, or what one is to be made of. */
export const methodGiven = {
  payment_method: str,
  payment_method_data: object({ ...methodFields, metadata, type: required(str) }),
};

export const automaticMethods: Param = object({
  allow_redirects: oneOf('always', 'never'),
  enabled: required(bool),
});

export const mandateData: Param = object({
  customer_acceptance: required(
    object({
      accepted_at: int(0, Number.MAX_SAFE_INTEGER),
      offline: object({}),
      online: object({ ip_address: str, user_agent: str }),
      type: oneOf('offline', 'online'),
    }),
  ),
});
