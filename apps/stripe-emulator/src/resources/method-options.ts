import { any, bool, emptyable, list, object, oneOf, str, type Param } from '../http/params.js';

const request = oneOf('if_available', 'never');
const usage = emptyable(oneOf('none', 'off_session', 'on_session'));
const debit = { mandate_options: any, setup_future_usage: usage, target_date: str };

/** What a payment can ask of each kind of method. */
export const methodOptions: Param = object({
  bacs_debit: emptyable(object(debit)),
  card: emptyable(
    object({
      capture_method: emptyable(oneOf('manual')),
      mandate_options: any,
      network: str,
      request_extended_authorization: request,
      request_incremental_authorization: request,
      request_multicapture: request,
      request_overcapture: request,
      request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
      require_cvc_recollection: bool,
      setup_future_usage: usage,
    }),
  ),
  customer_balance: emptyable(
    object({
      bank_transfer: object({
        eu_bank_transfer: object({ country: str }),
        requested_address_types: list(str),
        // Bank transfers were named after accounts once, and these names are still taken.
        type: oneOf(
          ...['eu', 'gb', 'jp', 'mx', 'us'].flatMap((place) => [
            `${place}_bank_transfer`,
            `${place}_bank_account`,
          ]),
        ),
      }),
      funding_type: oneOf('bank_transfer'),
      setup_future_usage: oneOf('none'),
    }),
  ),
  sepa_debit: emptyable(object(debit)),
  us_bank_account: emptyable(
    object({
      ...debit,
      financial_connections: any,
      networks: any,
      preferred_settlement_speed: emptyable(oneOf('fastest', 'standard')),
      verification_method: oneOf('automatic', 'instant', 'microdeposits'),
    }),
  ),
});
