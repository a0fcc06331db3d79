import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { EXPANDABLE } from './expandable.js';

/** https://docs.stripe.com/expand: four levels, `data` of a list among them. */
const DEEPEST = 4;

type Node = Record<string, unknown>;

/** Fields that are absent until they are asked for, by object. */
const HIDDEN: Record<string, Record<string, (engine: Engine, node: Node) => unknown>> = {
  'checkout.session': {
    line_items: (engine, node) => ({
      object: 'list',
      data: engine.checkout.lineItemsOf(node['id'] as string),
      has_more: false,
      url: `/v1/checkout/sessions/${node['id'] as string}/line_items`,
    }),
  },
  invoice: {
    confirmation_secret: (engine, node) => {
      const id = node['id'] as string;
      const intent = engine.billing.collection.intentOf(engine.store.locate(id)!.account, id);
      return intent ? { client_secret: intent.client_secret, type: 'payment_intent' } : null;
    },
    payments: (engine, node) => {
      const id = node['id'] as string;
      const data = engine.billing.collection.paymentsOf(engine.store.locate(id)!.account, id);
      return { object: 'list', data, has_more: false, url: `/v1/invoice_payments?invoice=${id}` };
    },
  },
  price: {
    tiers: (engine, node) => {
      const id = node['id'] as string;
      return engine.billing.prices.tiersOf(engine.store.locate(id)!.account, id);
    },
  },
  customer: {
    cash_balance: (engine, node) =>
      engine.cashBalances.view(engine.store.locate(node['id'] as string)!.account, node['id'] as string),
    sources: (engine, node) => {
      const { account } = engine.store.locate(node['id'] as string)!;
      const data = engine.store.by('card', account, 'customer', node['id'] as string).reverse();
      return { object: 'list', data, has_more: false, url: `/v1/customers/${node['id'] as string}/sources` };
    },
  },
  charge: {
    refunds: (engine, node) => {
      const account = engine.store.locate(node['id'] as string)!.account;
      const data: Stripe.Refund[] = engine.store
        .by('refund', account, 'charge', node['id'] as string)
        .reverse();
      return { object: 'list', data, has_more: false, url: `/v1/charges/${node['id'] as string}/refunds` };
    },
  },
};

/** Replaces ids by the objects they name, as `expand[]` asks; lists are entered by `data.`. */
export function expand(engine: Engine, result: unknown, paths: string[]): unknown {
  for (const path of paths) {
    if (path.split('.').length > DEEPEST)
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, {
        param: 'expand',
      });
  }
  return paths.reduce((node, path) => follow(engine, node, path.split('.'), path, NOWHERE), result);
}

/** A buyer's browser may see what is paid with, and not who else is behind a payment. @throws Refusal */
export function checkBuyersPaths(paths: string[]): void {
  const other = paths.find((path) => path !== 'payment_method');
  if (other !== undefined)
    throw invalid(`This property cannot be expanded with a publishable API key (${other}).`, {
      param: 'expand',
    });
}

/** Where a value is: the object that it is in, and the path from there. */
interface Place {
  tag: string;
  at: string;
}

const NOWHERE: Place = { tag: '', at: '' };

function follow(engine: Engine, value: unknown, path: string[], whole: string, place: Place): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => follow(engine, item, path, whole, place));
  // Metadata are the caller's words, whatever `object` they say they are; inherited names name nothing.
  if (typeof value !== 'object' || value === null || head === 'metadata' || head in Object.prototype)
    throw unexpandable(whole);
  const node = value as Node;
  const tag = node['object'];
  const here = typeof tag === 'string' ? { tag, at: head } : { ...place, at: `${place.at}.${head}` };
  const hidden = HIDDEN[here.tag]?.[head];
  const found = node[head] === undefined && hidden ? hidden(engine, node) : node[head];
  if (found === null) return value;
  const next = namesObjects(here) ? objectsOf(engine, found) : found;
  if (next === undefined && namesObjects(here)) return value;
  if (!hidden && !isReached(next, rest)) throw unexpandable(whole);
  return { ...node, [head]: follow(engine, next, rest, whole, here) };
}

const namesObjects = ({ tag, at }: Place) => EXPANDABLE.get(tag)?.has(at) ?? false;

/** Hashes can be gone through, and are nothing to expand themselves. */
function isReached(value: unknown, rest: string[]): boolean {
  if (Array.isArray(value)) return value.every((one) => isReached(one, rest));
  return typeof value === 'object' && value !== null && (rest.length > 0 || 'object' in value);
}

function objectsOf(engine: Engine, found: unknown): unknown {
  if (Array.isArray(found)) return found.map((one) => objectsOf(engine, one));
  return typeof found === 'string' ? (objectOf(engine, found) ?? found) : found;
}

function objectOf(engine: Engine, id: string): unknown {
  const place = engine.store.locate(id);
  if (!place) return undefined;
  const row = engine.store.get(place.kind, place.account, id)!;
  return place.kind === 'account' ? engine.accounts.v1(engine.accounts.need(id)) : row;
}

function unexpandable(path: string) {
  return invalid(`This property cannot be expanded (${path}).`);
}
