import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { Payouts, type PayoutStory, type PayoutView } from '#payouts';
import type { Page } from '#platform';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { PlaceQuery } from './payouts.dto.js';

/** A seller's payouts, for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/payouts')
export class SellerPayoutsApi {
  constructor(private readonly payouts: Payouts) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { after }: PlaceQuery,
  ): Promise<Page<PayoutView>> {
    return this.payouts.pageForSeller(actor, sellerId, after);
  }

  @Get(':payoutId')
  one(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('payoutId') payoutId: string,
  ): Promise<PayoutStory> {
    return this.payouts.storyForSeller(actor, sellerId, payoutId);
  }
}

/** The same as files, amounts as decimals in their own column. */
@SellerMember()
@Controller('seller/:sellerId')
export class SellerPayoutsCsv {
  constructor(
    private readonly payouts: Payouts,
    private readonly sellers: Sellers,
  ) {}

  @Get('payouts.csv')
  async list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<StreamableFile> {
    await this.sellers.requireMember(actor, sellerId);
    return payoutsCsv(this.payouts.all({ sellerId }));
  }

  @Get('payouts/:payoutId/lines.csv')
  async lines(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('payoutId') payoutId: string,
  ): Promise<StreamableFile> {
    return linesCsv(await this.payouts.storyForSeller(actor, sellerId, payoutId));
  }
}

const payoutColumns = [
  'id', 'seller_id', 'stripe_account', 'status', 'amount', 'currency', 'arrives_on', 'bank', 'bank_last4', 'automatic',
  'failure_code', 'failure', 'trace_id', 'created_at',
]; // prettier-ignore

export function payoutsCsv(payouts: AsyncIterable<PayoutView>): StreamableFile {
  const rows = Readable.from(payouts).map((payout: PayoutView) => [
    payout.id,
    payout.sellerId ?? '',
    payout.stripeAccount,
    payout.status,
    payout.amount.toDecimal(),
    payout.amount.currency,
    payout.arrivalOn,
    payout.bankName ?? '',
    payout.bankLast4 ?? '',
    payout.automatic,
    payout.failureCode ?? '',
    payout.failure ?? '',
    payout.traceId ?? '',
    payout.createdAt.toISOString(),
  ]);
  return csvFile('payouts.csv', payoutColumns, rows, true);
}

const lineColumns = [
  'balance_transaction', 'type', 'reason', 'order_id', 'source', 'amount', 'fee', 'net', 'currency', 'created_at', 'available_on',
]; // prettier-ignore

export function linesCsv({ payout, lines }: PayoutStory): StreamableFile {
  const rows = Readable.from(
    lines.map((line) => [
      line.id,
      line.type,
      line.reason,
      line.orderId ?? '',
      line.sourceId ?? '',
      line.amount.toDecimal(),
      line.fee.toDecimal(),
      line.net.toDecimal(),
      line.net.currency,
      line.created.toISOString(),
      line.availableOn.toISOString(),
    ]),
  );
  // Escaping would turn negative amounts into text; every cell here is a figure, an id or our own word.
  return csvFile(`${payout.id}.csv`, lineColumns, rows, false);
}

/** `escape`: a cell that begins like a formula becomes text, so that a bank's name can't run in a spreadsheet. */
function csvFile(name: string, columns: string[], rows: Readable, escape: boolean): StreamableFile {
  const csv = stringify({ header: true, columns, escape_formulas: escape, cast: { boolean: String } });
  return new StreamableFile(rows.pipe(csv), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });
}
