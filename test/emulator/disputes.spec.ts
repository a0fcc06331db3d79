import type Stripe from 'stripe';
import { Bench, KEY } from './support.js';

const FRAUD = '4000000000000259';
const NOT_RECEIVED = '4000000000002685';
const INQUIRY = '4000000000001976';
const WARNED = '4000000000005423';

describe('a payment that the buyer disputes', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterAll(() => bench.stop());

  const disputed = async (card: string, options: Parameters<Bench['sale']>[0] = {}) => {
    const charge = await bench.sale({ amount: 10_000, card, ...options });
    const { data } = await stripe.disputes.list({ charge: charge.id });
    expect(data).toHaveLength(1);
    return { charge: await stripe.charges.retrieve(charge.id), dispute: data[0]! };
  };
  const total = async () => {
    const { pending, available } = await bench.balance(bench.platform);
    return pending + available;
  };
  const eventsAbout = async (id: string) => {
    const { data } = await stripe.events.list({ limit: 100 });
    return data
      .filter((event) => (event.data.object as { id?: string }).id === id)
      .map((event) => event.type)
      .reverse();
  };

  it.each([
    [FRAUD, 'fraudulent', '10.4'],
    [NOT_RECEIVED, 'product_not_received', '13.1'],
  ])('is taken back at once with a fee of 15.00, for card %s as %s', async (card, reason, code) => {
    const before = await total();
    const { charge, dispute } = await disputed(card);
    expect(charge).toMatchObject({ disputed: true, refunded: false });
    expect(dispute).toMatchObject({
      amount: 10_000,
      reason,
      network_reason_code: code,
      status: 'needs_response',
      is_charge_refundable: false,
      payment_intent: charge.payment_intent,
      evidence: { customer_email_address: 'buyer@example.com', customer_name: 'Ada Buyer' },
    });
    const [withdrawal] = dispute.balance_transactions;
    expect(withdrawal).toMatchObject({
      type: 'adjustment',
      reporting_category: 'dispute',
      amount: -10_000,
      fee: 1500,
      net: -11_500,
      source: dispute.id,
    });
    expect((await total()) - before).toBe(10_000 - 320 - 11_500);
    expect(await eventsAbout(dispute.id)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
    ]);
  });

  it("takes the platform's money for a destination charge and none of the seller's", async () => {
    const seller = await bench.seller();
    const { dispute } = await disputed(FRAUD, { seller, fee: 1000 });
    expect(await bench.balance(seller)).toEqual({ pending: 9000, available: 0 });
    expect(dispute.balance_transactions[0]!.net).toBe(-11_500);
  });

  it('refuses a refund while the bank has the money', async () => {
    const { charge } = await disputed(FRAUD);
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
  });

  it('gives the amount and the fee for countering back when it is won, and keeps the first fee', async () => {
    const { charge, dispute } = await disputed(FRAUD);
    const before = await total();
    const won = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(won).toMatchObject({
      status: 'won',
      evidence_details: { submission_count: 1, has_evidence: true, submission_method: 'manual' },
    });
    expect(won.balance_transactions.map(({ net }) => net)).toEqual([-11_500, 10_000]);
    expect(won.balance_transactions[1]!.reporting_category).toBe('dispute_reversal');
    expect((await total()) - before).toBe(10_000);
    const fees = await stripe.balanceTransactions.list({ source: dispute.id, type: 'stripe_fee' });
    expect(fees.data.map(({ amount }) => amount)).toEqual([1500, -1500]);
    expect(await eventsAbout(dispute.id)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
    expect(await stripe.refunds.create({ charge: charge.id })).toMatchObject({ status: 'succeeded' });
  });

  it('costs the fee for countering as well when it is lost', async () => {
    const { charge, dispute } = await disputed(NOT_RECEIVED);
    const before = await total();
    const lost = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'losing_evidence' },
    });
    expect(lost.status).toBe('lost');
    expect((await total()) - before).toBe(-1500);
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    await expect(
      stripe.disputes.update(dispute.id, { evidence: { customer_name: 'x' } }),
    ).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
    });
  });

  it('stages evidence until it is submitted, then waits for the bank', async () => {
    const { dispute } = await disputed(FRAUD);
    const staged = await stripe.disputes.update(dispute.id, {
      evidence: { product_description: 'A bowl', shipping_carrier: 'Post' },
      metadata: { order: '7' },
      submit: false,
    });
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence: { product_description: 'A bowl' },
      evidence_details: { has_evidence: true, submission_count: 0, submission_method: 'not_submitted' },
      metadata: { order: '7' },
    });
    expect((await stripe.disputes.update(dispute.id, { submit: true })).status).toBe('under_review');
    await bench.control(`/disputes/${dispute.id}/decide`, { outcome: 'won' });
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('won');
  });

  it('is lost by accepting it', async () => {
    const { dispute } = await disputed(FRAUD);
    expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
    await expect(stripe.disputes.close(dispute.id)).rejects.toThrow("can't be closed");
  });

  it('asks first when it is an inquiry: no money moves, and a full refund settles it', async () => {
    const before = await total();
    const { charge, dispute } = await disputed(INQUIRY);
    expect(dispute).toMatchObject({
      status: 'warning_needs_response',
      is_charge_refundable: true,
      balance_transactions: [],
      payment_method_details: { card: { case_type: 'inquiry' } },
    });
    expect((await total()) - before).toBe(9680);
    await stripe.refunds.create({ charge: charge.id });
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed');
  });

  it('can grow from an inquiry into a chargeback', async () => {
    const { dispute } = await disputed(INQUIRY);
    const escalated = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    });
    expect(escalated).toMatchObject({
      status: 'needs_response',
      is_charge_refundable: false,
      payment_method_details: { card: { case_type: 'chargeback' } },
    });
    expect(escalated.balance_transactions).toHaveLength(1);
  });

  it('takes uploaded files as evidence, and only those uploaded for it', async () => {
    const { dispute } = await disputed(FRAUD);
    const upload = {
      data: Buffer.from('%PDF-1.7 \r\n--not a boundary\r\n'),
      name: 'receipt.pdf',
      type: 'application/pdf',
    };
    const file = await stripe.files.create({
      file: upload,
      purpose: 'dispute_evidence',
      file_link_data: { create: true },
    });
    expect(file).toMatchObject({ filename: 'receipt.pdf', type: 'pdf', size: upload.data.length });
    const read = await fetch(file.url!, { headers: { authorization: `Bearer ${KEY}` } });
    expect(Buffer.from(await read.arrayBuffer())).toEqual(upload.data);
    const [link] = (await stripe.fileLinks.list({ file: file.id })).data;
    expect((await fetch(link!.url!)).status).toBe(200);
    // The id of the file itself opens nothing to who has no key.
    expect((await fetch(link!.url!.replace(link!.id, file.id))).status).toBe(404);
    const expired = await stripe.fileLinks.update(link!.id, { expires_at: 'now' });
    expect(expired).toMatchObject({ expired: true, url: null });
    expect((await fetch(link!.url!)).status).toBe(404);

    const another = await stripe.fileLinks.create({ file: file.id, expires_at: 1_800_000_000 });
    expect(await stripe.fileLinks.retrieve(another.id)).toMatchObject({ expired: false, file: file.id });
    expect(await stripe.files.retrieve(file.id)).toMatchObject({ purpose: 'dispute_evidence' });
    expect((await stripe.files.list({ purpose: 'dispute_evidence' })).data).toHaveLength(1);

    const updated = await stripe.disputes.update(dispute.id, {
      evidence: { receipt: file.id },
      submit: false,
    });
    expect(updated.evidence.receipt).toBe(file.id);
    const logo = await stripe.files.create({ file: upload, purpose: 'business_logo' });
    await expect(
      stripe.disputes.update(dispute.id, { evidence: { receipt: logo.id } }),
    ).rejects.toMatchObject({
      param: 'evidence[receipt]',
    });
  });

  it('is warned of before it comes, until the payment is refunded', async () => {
    const charge = await bench.sale({ card: WARNED });
    const warnings = () => stripe.radar.earlyFraudWarnings.list({ charge: charge.id });
    expect((await warnings()).data).toMatchObject([
      { actionable: true, fraud_type: 'made_with_stolen_card' },
    ]);
    const [warning] = (await warnings()).data;
    expect(await stripe.radar.earlyFraudWarnings.retrieve(warning!.id)).toEqual(warning);
    await stripe.refunds.create({ charge: charge.id });
    expect((await warnings()).data).toMatchObject([{ actionable: false }]);
  });

  it('is lost when nobody answers in time; an inquiry that nobody follows up ends', async () => {
    const charge = await bench.sale({ amount: 5000 });
    const made = await bench.control<Stripe.Dispute>(`/charges/${charge.id}/dispute`, { amount: 2000 });
    expect(made).toMatchObject({ amount: 2000, status: 'needs_response' });
    const { dispute: inquiry } = await disputed(INQUIRY);
    await bench.advance(9.2);
    expect((await stripe.disputes.retrieve(made.id)).status).toBe('needs_response');
    await bench.advance(0.8);
    expect((await stripe.disputes.retrieve(made.id)).status).toBe('lost');
    expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe('warning_needs_response');
    await bench.advance(111);
    expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe('warning_closed');
  });
});
