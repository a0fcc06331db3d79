import { Controller, Get, Param, Query } from '@nestjs/common';
import { Payouts, type PayoutView } from '#payouts';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  PageQuery,
  pagerOf,
  type RequestViewer,
  Viewer,
} from '../http/index.js';
import {
  Breadcrumbs,
  ButtonLink,
  type Column,
  DateTime,
  EmptyState,
  formatDay,
  formatMoney,
  Pager,
  Table,
} from '../ui/index.js';
import {
  bankWords,
  PayoutAmount,
  PayoutBadge,
  PayoutDetails,
  payoutSentence,
} from '../shared/payouts.parts.js';
import { SellerDesk } from './seller-desk.js';

/** A seller's payouts: the list, and each one down to its orders. */
@SellerMember()
@Controller('seller/:sellerId/payouts')
export class SellerPayoutsPages {
  constructor(
    private readonly payouts: Payouts,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { cursor }: PageQuery,
  ) {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const page = await this.payouts.pageForSeller(actor, sellerId, cursor);
    const path = `/seller/${sellerId}/payouts`;
    return (
      <SellerDesk
        frame={frame}
        seller={seller}
        current="payouts"
        title="Payouts"
        subtitle="What Stripe has sent to your bank, and what is on its way."
        action={
          <ButtonLink href={`/seller/${sellerId}/payouts.csv`} icon="download" download>
            Download as CSV
          </ButtonLink>
        }
      >
        <Table
          caption="Payouts, newest first"
          hideCaption
          columns={columns(path)}
          rows={page.items}
          keyOf={(payout) => payout.id}
          empty={
            <EmptyState
              title="No payout yet"
              icon="payout"
              action={<ButtonLink href={`/seller/${sellerId}/balance`}>See what is on its way</ButtonLink>}
            >
              Stripe pays out what you sold once it has become available. Each payout appears here with every
              sale in it.
            </EmptyState>
          }
        />
        <Pager {...pagerOf(path, {}, page)} />
      </SellerDesk>
    );
  }

  @Get(':payoutId')
  async one(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('payoutId') payoutId: string,
  ) {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const story = await this.payouts.storyForSeller(actor, sellerId, payoutId);
    const { payout } = story;
    const path = `/seller/${sellerId}/payouts`;
    const title = `Payout of ${formatMoney(payout.amount.amount, payout.amount.currency)}`;
    return (
      <SellerDesk
        frame={frame}
        seller={seller}
        current="payouts"
        title={title}
        subtitle={payoutSentence(payout)}
        badge={<PayoutBadge status={payout.status} />}
        breadcrumbs={<Breadcrumbs items={[{ label: 'Payouts', href: path }, { label: title }]} />}
        {...(payout.composed && {
          action: (
            <ButtonLink href={`${path}/${payout.id}/lines.csv`} icon="download" download>
              Download its lines
            </ButtonLink>
          ),
        })}
      >
        <PayoutDetails story={story} orderHref={(orderId) => `/seller/${sellerId}/orders/${orderId}`} />
      </SellerDesk>
    );
  }
}

const columns = (path: string): Column<PayoutView>[] => [
  {
    header: 'Arrives',
    rowHeader: true,
    cell: (payout) => <a href={`${path}/${payout.id}`}>{formatDay(new Date(payout.arrivalOn))}</a>,
  },
  { header: 'State', cell: (payout) => <PayoutBadge status={payout.status} /> },
  { header: 'Bank', cell: (payout) => bankWords(payout) },
  { header: 'Made', cell: (payout) => <DateTime at={payout.createdAt} day /> },
  { header: 'Amount', align: 'end', cell: (payout) => <PayoutAmount payout={payout} /> },
];
