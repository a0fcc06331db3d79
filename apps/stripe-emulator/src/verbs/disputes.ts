import type Stripe from 'stripe';
import { DAY, SECOND, startOfDay } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { DisputeMoney } from './dispute-money.js';
import { mergeEvidence } from './dispute-evidence.js';
import { newDispute } from './dispute-objects.js';
import { mergeMetadata } from './metadata.js';

type Dispute = Stripe.Dispute;

/** A platform has so long to answer; the answer is due at the end of the last day. */
const ANSWER_DAYS = 9;
/** An inquiry that the bank does not follow up ends by itself. */
const INQUIRY_DAYS = 120;

const OPEN = ['needs_response', 'under_review', 'warning_needs_response', 'warning_under_review'];
export const ANSWERABLE = ['needs_response', 'warning_needs_response'];

/** Payments that the buyer's bank takes back or asks about. https://docs.stripe.com/disputes/how-disputes-work */
export class Disputes {
  private readonly money: DisputeMoney;

  constructor(private readonly engine: Engine) {
    this.money = new DisputeMoney(engine);
    engine.timers.on('dispute.due', (account, id) => this.passDeadline(account!, id!));
    engine.timers.on('dispute.inquiry_ends', (account, id) => this.endInquiry(account!, id!));
  }

  /** What Stripe's test cards for disputes do, as soon as their payment has succeeded. */
  followTestCard(account: string, charge: Stripe.Charge): void {
    const method = idOf(charge.payment_method);
    const card = method ? this.engine.paymentMethods.testCardOf(account, method) : undefined;
    if (card?.fraudWarning) this.engine.fraudWarnings.create(account, charge);
    if (!card?.dispute) return;
    const inquiry = card.dispute === 'inquiry';
    this.open(account, charge.id, { reason: inquiry ? 'general' : card.dispute, inquiry });
  }

  /** @throws Refusal when there is nothing left of the payment that could be disputed */
  open(
    account: string,
    chargeId: string,
    how: { reason: string; inquiry: boolean; amount?: number },
  ): Dispute {
    const { engine } = this;
    const charge = engine.store.need('charge', account, chargeId, 'charge');
    const left = charge.amount_captured - charge.amount_refunded;
    const amount = how.amount ?? left;
    if (charge.status !== 'succeeded' || !charge.captured || charge.source_transfer)
      throw invalid(`Charge ${chargeId} is no buyer's payment that has succeeded.`, { param: 'charge' });
    if (amount > left || left === 0)
      throw invalid(`Charge ${chargeId} has no such amount left to dispute.`, { param: 'amount' });
    if (this.ofCharge(account, chargeId).some(isOpen))
      throw invalid(`Charge ${chargeId} is already disputed.`, { code: 'charge_disputed', param: 'charge' });
    const dueBy = this.answerDue();
    const dispute = engine.store.insert(
      'dispute',
      account,
      newDispute({
        id: engine.ids.next('du'),
        charge,
        amount,
        reason: how.reason,
        inquiry: how.inquiry,
        created: engine.clock.seconds(),
        dueBy,
      }),
    );
    engine.store.update('charge', account, chargeId, { disputed: true });
    engine.fraudWarnings.settle(account, chargeId);
    engine.events.emit(account, 'charge.dispute.created', dispute);
    engine.timers.set((dueBy + 1) * SECOND, 'dispute.due', [account, dispute.id], `due:${dispute.id}`);
    if (!how.inquiry) return this.withdraw(account, dispute);
    const ends = engine.clock.now() + INQUIRY_DAYS * DAY;
    engine.timers.set(ends, 'dispute.inquiry_ends', [account, dispute.id], `inquiry:${dispute.id}`);
    return dispute;
  }

  update(account: string, id: string, params: Stripe.DisputeUpdateParams): Dispute {
    const { engine } = this;
    const before = engine.store.need('dispute', account, id);
    const submits = params.submit ?? params.evidence !== undefined;
    if ((params.evidence || submits) && !ANSWERABLE.includes(before.status)) {
      throw invalid(`This dispute is ${before.status} and takes no more evidence.`);
    }
    const staged = engine.store.update('dispute', account, id, {
      metadata: mergeMetadata(before.metadata, params.metadata),
      evidence: mergeEvidence(engine, account, before.evidence, params.evidence),
      intended_submission_method: params.intended_submission_method ?? before.intended_submission_method,
      evidence_details: {
        ...before.evidence_details,
        has_evidence: before.evidence_details.has_evidence || params.evidence !== undefined,
      },
    });
    if (submits) return this.submit(account, staged);
    engine.events.emit(account, 'charge.dispute.updated', staged);
    return staged;
  }

  /** Gives in: the platform has nothing to say against it. */
  accept(account: string, id: string): Dispute {
    const dispute = this.engine.store.need('dispute', account, id);
    if (!ANSWERABLE.includes(dispute.status))
      throw invalid(`This dispute is ${dispute.status} and can't be closed.`);
    return this.decide(account, id, 'lost');
  }

  /** How the buyer's bank ends it. An inquiry neither wins nor loses: it is closed. */
  decide(account: string, id: string, outcome: 'won' | 'lost'): Dispute {
    const { engine } = this;
    const dispute = engine.store.need('dispute', account, id);
    if (!isOpen(dispute)) throw invalid(`This dispute is already ${dispute.status}.`);
    const inquiry = isInquiry(dispute);
    for (const timer of ['due', 'inquiry']) engine.timers.cancel(`${timer}:${id}`);
    const status = inquiry ? 'warning_closed' : outcome;
    const decided = engine.store.update('dispute', account, id, { status, is_charge_refundable: inquiry });
    const closed = status === 'won' ? this.reinstate(account, decided) : decided;
    engine.events.emit(account, 'charge.dispute.closed', closed);
    return closed;
  }

  /** The bank was not content with the answer to its inquiry, or had none: the money is taken. */
  escalate(account: string, id: string): Dispute {
    const { engine } = this;
    const dispute = engine.store.need('dispute', account, id);
    if (!isInquiry(dispute) || !isOpen(dispute))
      throw invalid(`Dispute ${id} is no open inquiry.`, { param: 'id' });
    engine.timers.cancel(`inquiry:${id}`);
    const due_by = this.answerDue();
    const { card } = dispute.payment_method_details!;
    const escalated = engine.store.update('dispute', account, id, {
      status: 'needs_response',
      is_charge_refundable: false,
      payment_method_details: { type: 'card', card: { ...card!, case_type: 'chargeback' } },
      evidence_details: { ...dispute.evidence_details, due_by },
    });
    engine.timers.cancel(`due:${id}`);
    engine.timers.set((due_by + 1) * SECOND, 'dispute.due', [account, id], `due:${id}`);
    engine.events.emit(account, 'charge.dispute.updated', escalated, { status: dispute.status });
    return this.withdraw(account, escalated);
  }

  ofCharge(account: string, charge: string): Dispute[] {
    return this.engine.store.by('dispute', account, 'charge', charge);
  }

  /** @throws Refusal `charge_disputed` while the buyer's bank holds the money, or when it kept it */
  checkRefundable(account: string, charge: string): void {
    const taken = this.ofCharge(account, charge).some(
      ({ status, is_charge_refundable }) => !is_charge_refundable && status !== 'won',
    );
    if (taken)
      throw invalid(`Charge ${charge} has been charged back; cannot issue a refund.`, {
        code: 'charge_disputed',
      });
  }

  /** A payment that was given back in full leaves nothing to ask about. */
  followRefund(account: string, charge: Stripe.Charge): void {
    if (!charge.refunded) return;
    for (const dispute of this.ofCharge(account, charge.id))
      if (isInquiry(dispute) && isOpen(dispute)) this.decide(account, dispute.id, 'won');
    this.engine.fraudWarnings.settle(account, charge.id);
  }

  private submit(account: string, dispute: Dispute): Dispute {
    const { engine } = this;
    const inquiry = isInquiry(dispute);
    const details = dispute.evidence_details;
    const submitted = engine.store.update('dispute', account, dispute.id, {
      status: inquiry ? 'warning_under_review' : 'under_review',
      evidence_details: {
        ...details,
        submission_count: details.submission_count + 1,
        submission_method: 'manual',
      },
    });
    if (!inquiry) this.money.chargeForCountering(account, dispute, 1);
    engine.events.emit(account, 'charge.dispute.updated', submitted, { status: dispute.status });
    // https://docs.stripe.com/testing#evidence: in test mode these words are the bank's decision.
    switch (submitted.evidence.uncategorized_text) {
      case 'winning_evidence':
        return this.decide(account, dispute.id, 'won');
      case 'losing_evidence':
        return this.decide(account, dispute.id, 'lost');
      case 'escalate_inquiry_evidence':
        return inquiry ? this.escalate(account, dispute.id) : submitted;
      default:
        return submitted;
    }
  }

  private withdraw(account: string, dispute: Dispute): Dispute {
    const { engine } = this;
    const transaction = this.money.withdraw(account, dispute);
    const withdrawn = engine.store.update('dispute', account, dispute.id, {
      balance_transactions: [...dispute.balance_transactions, transaction],
    });
    engine.events.emit(account, 'charge.dispute.funds_withdrawn', withdrawn);
    return withdrawn;
  }

  private reinstate(account: string, dispute: Dispute): Dispute {
    const { engine } = this;
    const transaction = this.money.giveBack(account, dispute);
    if (dispute.evidence_details.submission_count > 0) this.money.chargeForCountering(account, dispute, -1);
    const reinstated = engine.store.update('dispute', account, dispute.id, {
      balance_transactions: [...dispute.balance_transactions, transaction],
    });
    engine.events.emit(account, 'charge.dispute.funds_reinstated', reinstated);
    return reinstated;
  }

  /** Unix seconds: the last one of the last day. */
  private answerDue(): number {
    return (startOfDay(this.engine.clock.now()) + (ANSWER_DAYS + 1) * DAY) / SECOND - 1;
  }

  private passDeadline(account: string, id: string): void {
    const { status } = this.engine.store.need('dispute', account, id);
    if (status === 'needs_response') this.decide(account, id, 'lost');
  }

  private endInquiry(account: string, id: string): void {
    const dispute = this.engine.store.need('dispute', account, id);
    if (isInquiry(dispute) && isOpen(dispute)) this.decide(account, id, 'won');
  }
}

export function isInquiry(dispute: Dispute): boolean {
  return dispute.status.startsWith('warning_');
}

/** Whether the buyer's bank has not decided yet. */
export function isOpen(dispute: Dispute): boolean {
  return OPEN.includes(dispute.status);
}
