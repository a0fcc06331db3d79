import { docUrl, type StripeErrorBody } from '../engine/errors.js';

/** The body of an answer that refuses: v2 has a shape of its own. */
export function errorBody(error: StripeErrorBody, status: number, requestId: string, v2: boolean): string {
  if (v2) return JSON.stringify({ error: errorV2(error, status) });
  const { user_message: _v2Only, ...said } = error;
  const request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`;
  const doc_url = said.code && { doc_url: docUrl(said.code) };
  return JSON.stringify({ error: { request_log_url, ...doc_url, ...said } }, null, 2);
}

/** As `v2.error` of https://github.com/stripe/openapi has it: no `param`, no log; a `type` only where it tells more than the code. */
interface ErrorV2 {
  code: string;
  message: string;
  type?: string;
  user_message?: string;
}

function errorV2({ code, message, param, type, user_message }: StripeErrorBody, status: number): ErrorV2 {
  if (type === 'idempotency_error') return { code: code ?? type, message, type };
  return {
    code: codeV2(code, param, status),
    message:
      param === undefined || code === 'resource_missing' ? message : `${param}: ${wordsV2(code, message)}`,
    ...(status === 429 && { type: 'rate_limit' }),
    ...(user_message && { user_message }),
  };
}

function codeV2(code: string | undefined, param: string | undefined, status: number): string {
  if (code === 'resource_missing') return 'not_found';
  if (code && !code.startsWith('parameter')) return code;
  return param === undefined ? (UNNAMED[status] ?? 'invalid_request') : 'invalid_fields';
}

/** Stripe's documents name no code for these, though v2 always has one. */
const UNNAMED: Record<number, string> = {
  401: 'unauthorized',
  403: 'forbidden',
  409: 'conflict',
  429: 'rate_limit',
  500: 'internal_error',
};

function wordsV2(code: string | undefined, message: string): string {
  if (code === 'parameter_unknown') return 'unknown field';
  if (code === 'parameter_missing') return 'required request field missing';
  return message;
}
