import type Stripe from 'stripe';
import { withoutCardNumbers } from './cards.js';

type Known<T> = T extends string ? (string extends T ? never : T) : never;

/** Codes that v2 alone answers with; the SDK does not list them. https://docs.stripe.com/api/v2/core/accounts */
type CodeV2 =
  | 'cannot_delete_account_with_balance'
  | 'configs_must_match_to_close'
  | 'identity_country_required'
  | 'stripe_loss_liable_cannot_be_deleted';

/** Stripe's own codes: what has none at Stripe has none here. The SDK lacks two that calls about accounts answer with. */
export type ErrorCode =
  | Known<Stripe.PaymentIntent.LastPaymentError.Code>
  | CodeV2
  | 'insufficient_capabilities_for_transfer'
  | 'account_balance_not_zero';

/** What Stripe puts under `error` when it refuses a call. */
export interface StripeErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error' | 'rate_limit_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  advice_code?: string;
  doc_url?: string;
  request_log_url?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  setup_intent?: unknown;
  /** Of v2 alone: what may be shown to the account's owner. */
  user_message?: string;
}

/** A refusal: an HTTP status and Stripe's error object. Thrown by verbs, answered by the HTTP layer. */
export class Refusal extends Error {
  readonly error: StripeErrorBody;

  constructor(
    readonly status: number,
    error: StripeErrorBody,
    /** The id that names nothing. */
    readonly unknownId?: string,
  ) {
    const message = withoutCardNumbers(error.message);
    super(message);
    this.error = { ...error, message };
  }

  /** Stripe keeps no idempotent result for calls that failed validation. */
  get isValidation(): boolean {
    const code = this.error.code ?? '';
    return (
      this.status === 401 ||
      this.status === 404 ||
      code.startsWith('parameter') ||
      code === 'resource_missing' ||
      code === 'url_invalid' ||
      code === 'email_invalid'
    );
  }
}

export function invalid(
  message: string,
  more: { code?: ErrorCode; param?: string; status?: number; extra?: Partial<StripeErrorBody> } = {},
): Refusal {
  const { status = 400, code, param, extra } = more;
  return new Refusal(status, {
    type: 'invalid_request_error',
    ...(code && { code, doc_url: docUrl(code) }),
    message,
    ...(param && { param }),
    ...extra,
  });
}

export const docUrl = (code: string): string =>
  `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`;

/** What a card itself is refused for, before any bank is asked. */
export function cardError(code: string, message: string, param: string): Refusal {
  return new Refusal(402, { type: 'card_error', code, doc_url: docUrl(code), message, param });
}

/** A bank's no, as the call that asked for it is answered. */
export function cardRefusal(
  decline: { code: string; decline_code: string; message: string },
  extra: Partial<StripeErrorBody> = {},
): Refusal {
  const { code, decline_code, message } = decline;
  return new Refusal(402, {
    type: 'card_error',
    code,
    decline_code,
    doc_url: docUrl(code),
    message,
    ...extra,
  });
}

/** A parameter that this call can't do without. */
export function lacking(param: string): Refusal {
  return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

/** Parameters of which a call may name one. */
export function exclusive(one: string, other: string): Refusal {
  return invalid(`You may only specify one of these parameters: ${one}, ${other}.`, {
    code: 'parameters_exclusive',
    param: other,
  });
}

export function missing(noun: string, id: string, param = 'id'): Refusal {
  const { error } = invalid(`No such ${noun}: '${id}'`, { code: 'resource_missing', param });
  return new Refusal(404, error, id);
}
