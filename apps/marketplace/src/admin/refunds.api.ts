import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { Debts, type DebtView } from '#debts';
import { IdempotencyKeys, type Page } from '#platform';
import { OutsideRefunds, RefundLists, Refunds, type RefundView } from '#refunds';
import { AdminOnly } from '../auth/index.js';
import { csvOf, everyPage, type RequestViewer, Viewer } from '../http/index.js';
import { AttributionDto, DebtsQuery, RefundsQuery, WriteOffDto } from './refunds.dto.js';

/** What a refund would move; `plan` is null where nothing can be refunded. */ import {
  type PreviewBody,
  previewBody,
  RefundBody,
  wishOf,
} from '../shared/refunds.dto.js';

/** Refunds of any order, for programs. */
@AdminOnly()
@Controller('api/v1/admin/orders/:orderId')
export class AdminOrderRefundsApi {
  constructor(
    private readonly refunds: Refunds,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Get('refunds')
  async list(@Param('orderId') orderId: string): Promise<{ items: RefundView[] }> {
    return { items: await this.refunds.ofOrder(orderId) };
  }

  /** The figures, before anything moves. */
  @Get('refund-preview')
  async preview(@Viewer() { actor }: RequestViewer, @Param('orderId') orderId: string): Promise<PreviewBody> {
    return previewBody(await this.refunds.preview(actor, null, orderId));
  }

  /** Refunds all that is left. Asked twice, it is the same refund. */
  @Post('refunds')
  refund(
    @Viewer() { actor }: RequestViewer,
    @Param('orderId') orderId: string,
    @Body() body: RefundBody,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<RefundView> {
    return this.idempotency.once(
      { actor, route: `POST admin refunds ${orderId}`, key, body },
      () => this.refunds.begin(actor, null, wishOf(orderId, body)),
      (begun) => this.refunds.finish(begun),
    );
  }
}

@AdminOnly()
@Controller('api/v1/admin/refunds')
export class AdminRefundsApi {
  constructor(
    private readonly refunds: Refunds,
    private readonly lists: RefundLists,
    private readonly outside: OutsideRefunds,
  ) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Query() { status, queue, seller, cursor }: RefundsQuery,
  ): Promise<Page<RefundView>> {
    return this.lists.page(actor, { status, queue, sellerId: seller, cursor });
  }

  @Get(':refundId')
  one(@Viewer() { actor }: RequestViewer, @Param('refundId') id: string): Promise<RefundView> {
    return this.refunds.byId(actor, id);
  }

  /** Tries the steps again that Stripe refused. */
  @HttpCode(200)
  @Post(':refundId/try-again')
  tryAgain(@Viewer() { actor }: RequestViewer, @Param('refundId') id: string): Promise<RefundView> {
    return this.refunds.tryAgain(actor, id);
  }

  /** Says which order a refund from Stripe's dashboard was for, and who bears it. */
  @HttpCode(200)
  @Post(':refundId/attribute')
  attribute(
    @Viewer() { actor }: RequestViewer,
    @Param('refundId') id: string,
    @Body() { orderId, bearer, note }: AttributionDto,
  ): Promise<RefundView> {
    return this.outside.attribute(actor, id, { orderId: orderId ?? null, bearer, note });
  }
}

@AdminOnly()
@Controller('api/v1/admin/debts')
export class AdminDebtsApi {
  constructor(
    private readonly debts: Debts,
    private readonly refunds: Refunds,
  ) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Query() { status, seller, cursor }: DebtsQuery,
  ): Promise<Page<DebtView>> {
    return this.debts.page(actor, { status, sellerId: seller, cursor });
  }

  /** The platform bears it. */
  @HttpCode(200)
  @Post(':debtId/write-off')
  writeOff(
    @Viewer() { actor }: RequestViewer,
    @Param('debtId') id: string,
    @Body() { reason }: WriteOffDto,
  ): Promise<DebtView> {
    return this.refunds.writeOff(actor, id, reason);
  }
}

/** The lists as files. */
@AdminOnly()
@Controller('admin')
export class AdminRefundsCsv {
  constructor(
    private readonly lists: RefundLists,
    private readonly debts: Debts,
  ) {}

  @Get('refunds.csv')
  refunds(
    @Viewer() { actor }: RequestViewer,
    @Query() { status, queue, seller }: RefundsQuery,
  ): Promise<StreamableFile> {
    const filter = { status, queue, sellerId: seller, limit: 500 };
    const rows = everyPage((cursor) => this.lists.page(actor, { ...filter, cursor }));
    return csvOf('refunds', rows, {
      id: ({ id }) => id,
      order_id: ({ orderId }) => orderId,
      seller_id: ({ sellerId }) => sellerId,
      origin: ({ origin }) => origin,
      status: ({ status: state }) => state,
      currency: ({ amount }) => amount.currency,
      to_buyer: ({ amount }) => amount,
      fee_currency: ({ fee }) => fee.currency,
      fee_returned: ({ fee }) => fee,
      fee_step: ({ feeStep }) => feeStep,
      reversal_currency: ({ reversal }) => reversal.currency,
      reversed: ({ reversal }) => reversal,
      reversal_step: ({ reversalStep }) => reversalStep,
      reason: ({ reason }) => reason,
      problem: ({ problem }) => problem,
      stripe_refund: ({ stripeRefundId }) => stripeRefundId,
      created_at: ({ createdAt }) => createdAt,
    });
  }

  @Get('refunds/debts.csv')
  owed(@Viewer() { actor }: RequestViewer, @Query() { status, seller }: DebtsQuery): Promise<StreamableFile> {
    const rows = everyPage((cursor) =>
      this.debts.page(actor, { status, sellerId: seller, cursor, limit: 500 }),
    );
    return csvOf('debts', rows, {
      id: ({ id }) => id,
      seller_id: ({ sellerId }) => sellerId,
      order_id: ({ orderId }) => orderId,
      status: ({ status: state }) => state,
      currency: ({ amount }) => amount.currency,
      amount: ({ amount }) => amount,
      tries: ({ tries }) => tries,
      last_error: ({ lastError }) => lastError,
      written_off_reason: ({ writtenOffReason }) => writtenOffReason,
      created_at: ({ createdAt }) => createdAt,
      settled_at: ({ settledAt }) => settledAt,
    });
  }
}
