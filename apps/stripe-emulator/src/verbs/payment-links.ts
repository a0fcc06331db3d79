import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';
import { afterCompletion, newPaymentLink, type LinkCreateParams } from './payment-link-object.js';
import { currencyOf, lineItems } from './session-lines.js';
import type { SessionParams } from './session-object.js';

type Link = Stripe.PaymentLink;
type Session = Stripe.Checkout.Session;

/** Links that anybody can buy by, as often as they are opened: each visit is a Checkout Session. */
export class PaymentLinks {
  constructor(private readonly engine: Engine) {
    engine.checkout.follow((session) => this.count(session));
  }

  create(params: LinkCreateParams): Link {
    const { engine } = this;
    const lines = { line_items: params.line_items } as SessionParams;
    const currency = currencyOf(engine, engine.platform, lines);
    const items = lineItems(engine, engine.platform, lines, currency);
    const destination = params.transfer_data?.destination;
    if (destination)
      engine.transfers.checkDestination(destination, 'transfer_data[destination]', params.on_behalf_of);
    const id = engine.ids.next('plink');
    const code = engine.ids.next('x').slice(2, 20);
    const recurring = items.some((item) => item.price?.recurring);
    engine.store.insert('payment_link_plan', '', { id, code, items, recurring });
    const link = engine.store.insert(
      'payment_link',
      engine.platform,
      newPaymentLink(params, {
        id,
        currency,
        recurring,
        livemode: engine.livemode,
        url: `${engine.baseUrl}/c/link/${code}`,
      }),
    );
    engine.events.emit(engine.platform, 'payment_link.created', link);
    return link;
  }

  update(id: string, params: Stripe.PaymentLinkUpdateParams): Link {
    const { engine } = this;
    const before = this.need(id);
    const { metadata, after_completion: after, inactive_message, restrictions, ...rest } = params;
    const link = engine.store.update('payment_link', engine.platform, id, {
      ...(rest as Partial<Link>),
      ...(after && { after_completion: afterCompletion(after) }),
      ...(inactive_message !== undefined && { inactive_message: inactive_message || null }),
      ...(restrictions !== undefined && {
        restrictions: restrictions
          ? {
              completed_sessions: {
                count: before.restrictions?.completed_sessions.count ?? 0,
                limit: restrictions.completed_sessions.limit,
              },
            }
          : null,
      }),
      metadata: mergeMetadata(before.metadata, metadata),
    });
    engine.events.emit(engine.platform, 'payment_link.updated', link);
    return link;
  }

  need(id: string): Link {
    return this.engine.store.need('payment_link', this.engine.platform, id);
  }

  itemsOf(id: string): Stripe.LineItem[] {
    return this.engine.store.need('payment_link_plan', '', id).items;
  }

  byCode(code: string): Link | undefined {
    const [plan] = this.engine.store.by('payment_link_plan', '', 'code', code);
    return plan && this.need(plan.id);
  }

  /** Why nobody can buy by it now; null when it is open. */
  closedBecause(link: Link): string | null {
    const { count = 0, limit = Infinity } = link.restrictions?.completed_sessions ?? {};
    if (link.active && count < limit) return null;
    return link.inactive_message ?? 'This link is no longer active.';
  }

  /** A visit of somebody who wants to buy. */
  open(link: Link): Session {
    const closed = this.closedBecause(link);
    if (closed) throw invalid(closed);
    const plan = this.engine.store.need('payment_link_plan', '', link.id);
    return this.engine.checkout.create(
      this.engine.platform,
      sessionParams(link, plan.items, plan.recurring),
      link.id,
    );
  }

  private count(session: Session): void {
    const id = idOf(session.payment_link);
    if (!id) return;
    const { restrictions } = this.need(id);
    if (!restrictions) return;
    const { count, limit } = restrictions.completed_sessions;
    this.engine.store.update('payment_link', this.engine.platform, id, {
      restrictions: { completed_sessions: { count: count + 1, limit } },
    });
  }
}

function sessionParams(link: Link, items: Stripe.LineItem[], recurring: boolean): SessionParams {
  const { payment_intent_data: data, transfer_data: transfer, application_fee_amount } = link;
  const given = Object.fromEntries(Object.entries(data ?? {}).filter(([, value]) => value !== null));
  const success = link.after_completion.redirect?.url;
  return {
    mode: recurring ? 'subscription' : 'payment',
    line_items: items.map((item) => ({ price: item.price!.id, quantity: item.quantity ?? 1 })),
    allow_promotion_codes: link.allow_promotion_codes,
    metadata: link.metadata,
    ...(success && { success_url: success }),
    ...(recurring && { subscription_data: subscriptionTerms(link) }),
    ...(!recurring && {
      customer_creation: link.customer_creation,
      submit_type: link.submit_type,
      payment_intent_data: {
        ...given,
        ...(link.on_behalf_of && { on_behalf_of: idOf(link.on_behalf_of)! }),
        ...(application_fee_amount !== null && { application_fee_amount }),
        ...(transfer && {
          transfer_data: {
            destination: idOf(transfer.destination)!,
            ...(transfer.amount !== null && { amount: transfer.amount }),
          },
        }),
      },
    }),
    ...(link.shipping_address_collection && {
      shipping_address_collection: link.shipping_address_collection,
    }),
    phone_number_collection: { enabled: link.phone_number_collection.enabled },
    billing_address_collection: link.billing_address_collection,
  };
}

function subscriptionTerms(link: Link): NonNullable<SessionParams['subscription_data']> {
  const { application_fee_percent: percent, transfer_data: transfer, subscription_data: data } = link;
  return {
    ...(data?.description && { description: data.description }),
    ...(data?.trial_period_days && { trial_period_days: data.trial_period_days }),
    metadata: data?.metadata ?? {},
    ...(percent !== null && { application_fee_percent: percent }),
    ...(transfer && { transfer_data: { destination: idOf(transfer.destination)! } }),
  };
}
