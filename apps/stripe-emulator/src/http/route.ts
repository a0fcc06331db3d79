import type { Engine } from '../engine/engine.js';
import type { Refusal } from '../engine/errors.js';
import type { Param, Spec } from './params.js';

/** Who calls, for which account, with which ids in the path. */
export interface Call {
  engine: Engine;
  /** The account acted for: the platform, or the one named by `Stripe-Account` or `Stripe-Context`. */
  account: string;
  ids: Record<string, string>;
  requestId: string;
  /** The caller is a buyer's browser: it must know the object's client secret. */
  publishable: boolean;
  /** The API version that the call is made in. */
  version: string;
  idempotencyKey: string | null;
  /** For the URLs of lists. */
  path: string;
  query: string;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** Path with `:names`. */
  path: string;
  params: Record<string, Param>;
  /** Only the platform itself may call it. */
  platformOnly: boolean;
  /** A publishable key may call it, with the object's client secret. */
  publishable: boolean;
  run: (call: Call, params: never) => unknown;
}

type Options = { platformOnly?: boolean; publishable?: boolean };

/** One line of the table of routes. `P` is the SDK's parameter type, `R` its response type; a refusal may be returned, too. */
export function route<P, R>(
  method: Route['method'],
  path: string,
  params: Spec<P>,
  run: (call: Call, params: P) => R | Refusal,
  options: Options = {},
): Route {
  return {
    method,
    path,
    params: params as Record<string, Param>,
    platformOnly: options.platformOnly ?? false,
    publishable: options.publishable ?? false,
    run: run as Route['run'],
  };
}
