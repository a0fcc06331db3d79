import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { DAY } from './periods.js';
import { newSchedule, phaseOfNow, type PhaseGiven } from './schedule-object.js';
import { itemsOf, phasesOf, type Phase } from './schedule-phases.js';
import type { ItemGiven } from './subscription-items.js';

type Schedule = Stripe.SubscriptionSchedule;
export type ScheduleParams = Omit<Stripe.SubscriptionScheduleCreateParams, 'phases'> & {
  phases?: PhaseGiven[];
};

/** https://docs.stripe.com/api/events/types: this long before its last phase ends. */
const NOTICE = 7 * DAY;

/** Subscriptions whose changes are planned ahead, phase after phase. */
export class Schedules {
  constructor(private readonly engine: Engine) {
    engine.timers.on('schedule.phase', (account, id) => this.turn(account!, id!));
    engine.timers.on('schedule.expiring', (account, id) => {
      const schedule = engine.store.get('subscription_schedule', account!, id!);
      if (schedule?.status === 'active')
        engine.events.emit(account!, 'subscription_schedule.expiring', schedule);
    });
  }

  need(account: string, id: string): Schedule {
    const schedule = this.engine.store.get('subscription_schedule', account, id);
    if (!schedule) throw missing('subscription schedule', id);
    return schedule;
  }

  create(account: string, params: ScheduleParams): Schedule {
    const { engine } = this;
    const running = params.from_subscription
      ? engine.billing.subscriptions.need(account, params.from_subscription, 'from_subscription')
      : null;
    const customerId = idOf(running?.customer) ?? params.customer;
    if (!customerId) throw lacking('customer');
    const customer = engine.store.need('customer', account, customerId, 'customer');
    const now = engine.billing.testClocks.now(account, customer);
    const start = running
      ? running.items.data[0]!.current_period_start
      : params.start_date === 'now' || params.start_date === undefined
        ? now
        : params.start_date;
    const given = running ? [phaseOfNow(running)] : (params.phases ?? []);
    if (given.length === 0) throw lacking('phases');
    const id = engine.ids.next('sub_sched');
    const schedule = engine.store.insert('subscription_schedule', account, {
      ...newSchedule(id, customer, now, engine.livemode),
      end_behavior: params.end_behavior ?? 'release',
      metadata: mergeMetadata({}, params.metadata),
      phases: phasesOf(engine, account, given, start),
      ...(running && { subscription: running.id }),
    });
    if (running) engine.store.update('subscription', account, running.id, { schedule: id });
    engine.events.emit(account, 'subscription_schedule.created', schedule);
    if (start <= now) this.turn(account, id);
    else engine.billing.testClocks.schedule(account, schedule, start, 'schedule.phase', id);
    return this.need(account, id);
  }

  update(account: string, id: string, params: ScheduleParams): Schedule {
    const { engine } = this;
    const before = this.needOpen(account, id, 'update');
    const { phases } = params;
    const after = engine.store.update('subscription_schedule', account, id, {
      ...(params.end_behavior && { end_behavior: params.end_behavior }),
      ...(phases && { phases: phasesOf(engine, account, phases, before.phases[0]!.start_date) }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
    engine.events.emit(account, 'subscription_schedule.updated', after);
    if (phases && before.status === 'active') this.turn(account, id);
    return this.need(account, id);
  }

  /** Its subscription ends with it; one that had not begun is aborted. */
  cancel(account: string, id: string, params: Stripe.SubscriptionScheduleCancelParams): Schedule {
    const { engine } = this;
    const before = this.needOpen(account, id, 'cancel');
    const subscription = idOf(before.subscription);
    const canceled = this.finish(account, id, 'canceled', {
      canceled_at: engine.billing.testClocks.now(account, before),
    });
    if (before.status === 'not_started')
      engine.events.emit(account, 'subscription_schedule.aborted', canceled);
    engine.events.emit(account, 'subscription_schedule.canceled', canceled);
    if (subscription) {
      engine.billing.subscriptionStates.cancel(account, subscription, {
        ...(params.prorate !== undefined && { prorate: params.prorate }),
        ...(params.invoice_now !== undefined && { invoice_now: params.invoice_now }),
      });
    }
    return this.need(account, id);
  }

  /** Its subscription goes on without it. */
  release(account: string, id: string): Schedule {
    const { engine } = this;
    const before = this.needOpen(account, id, 'release');
    const subscription = idOf(before.subscription);
    if (subscription) engine.store.update('subscription', account, subscription, { schedule: null });
    const released = this.finish(account, id, 'released', {
      released_at: engine.billing.testClocks.now(account, before),
      released_subscription: subscription,
      subscription: null,
    });
    engine.events.emit(account, 'subscription_schedule.released', released);
    return released;
  }

  /** Its subscription ended for a reason of its own. */
  subscriptionEnded(account: string, subscription: Stripe.Subscription): void {
    const { engine } = this;
    const id = idOf(subscription.schedule);
    const schedule = id ? engine.store.get('subscription_schedule', account, id) : undefined;
    if (schedule?.status !== 'active') return;
    const canceled = this.finish(account, schedule.id, 'canceled', { canceled_at: subscription.ended_at });
    engine.events.emit(account, 'subscription_schedule.canceled', canceled);
  }

  /** Takes the subscription to where the schedule has it now. A renewal asks first, so that it bills the new phase. */
  turn(account: string, id: string): void {
    const { engine } = this;
    const schedule = engine.store.get('subscription_schedule', account, id);
    if (schedule?.status !== 'active' && schedule?.status !== 'not_started') return;
    const now = engine.billing.testClocks.now(account, schedule);
    const phase = schedule.phases.find((one) => one.start_date <= now && now < one.end_date);
    if (!phase) return now >= schedule.phases.at(-1)!.end_date ? this.complete(account, schedule) : undefined;
    if (schedule.current_phase?.start_date === phase.start_date) return;
    const { start_date, end_date } = phase;
    const subscription = idOf(schedule.subscription) ?? this.begin(account, schedule, phase);
    const entered = engine.store.update('subscription_schedule', account, id, {
      status: 'active',
      subscription,
      current_phase: { start_date, end_date },
    });
    if (schedule.current_phase) this.apply(account, subscription, phase);
    engine.events.emit(account, 'subscription_schedule.updated', entered);
    engine.billing.testClocks.schedule(account, schedule, end_date, 'schedule.phase', id);
    const last = schedule.phases.at(-1)!.end_date;
    engine.billing.testClocks.schedule(
      account,
      schedule,
      Math.max(now, last - NOTICE),
      'schedule.expiring',
      id,
    );
  }

  private begin(account: string, schedule: Schedule, phase: Phase): string {
    const { engine } = this;
    const { id } = engine.billing.subscriptions.beginQuietly(account, {
      customer: idOf(schedule.customer)!,
      items: itemsOf(phase),
      ...(phase.trial_end && { trial_end: phase.trial_end }),
      ...(phase.metadata && { metadata: phase.metadata }),
    });
    engine.billing.subscriptions.change(account, id, { schedule: schedule.id });
    return id;
  }

  private apply(account: string, id: string, phase: Phase): void {
    const { subscriptionChanges, subscriptions } = this.engine.billing;
    const before = subscriptions.need(account, id).items.data;
    const wanted = itemsOf(phase);
    const items: ItemGiven[] = [
      ...wanted.map((item, index) => (before[index] ? { id: before[index].id, ...item } : item)),
      ...before.slice(wanted.length).map((item) => ({ id: item.id, deleted: true })),
    ];
    subscriptionChanges.update(account, id, {
      items: items as Stripe.SubscriptionUpdateParams.Item[],
      proration_behavior: phase.proration_behavior,
    });
  }

  private complete(account: string, schedule: Schedule): void {
    const { engine } = this;
    const subscription = idOf(schedule.subscription);
    const ends = schedule.end_behavior === 'cancel';
    const done = this.finish(account, schedule.id, 'completed', {
      completed_at: engine.billing.testClocks.now(account, schedule),
      ...(!ends && { released_subscription: subscription }),
    });
    engine.events.emit(account, 'subscription_schedule.completed', done);
    if (!subscription) return;
    if (ends) engine.billing.subscriptionStates.end(account, subscription, 'cancellation_requested');
    else engine.store.update('subscription', account, subscription, { schedule: null });
  }

  private finish(
    account: string,
    id: string,
    status: Schedule['status'],
    patch: Partial<Schedule>,
  ): Schedule {
    const { testClocks } = this.engine.billing;
    testClocks.unschedule('schedule.phase', id);
    testClocks.unschedule('schedule.expiring', id);
    return this.engine.store.update('subscription_schedule', account, id, {
      status,
      current_phase: null,
      ...patch,
    });
  }

  private needOpen(account: string, id: string, deed: string): Schedule {
    const schedule = this.need(account, id);
    if (schedule.status === 'active' || schedule.status === 'not_started') return schedule;
    throw invalid(
      `You cannot ${deed} a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  }
}
