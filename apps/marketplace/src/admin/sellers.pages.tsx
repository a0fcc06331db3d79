import { Controller, Get, Query } from '@nestjs/common';
import { type Page } from '#platform';
import { Sellers, type SellerView, type Stage } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import { address, PageFrame, type PageFrameData, pagerOf } from '../http/index.js';
import { StageBadge } from '../shared/onboarding.parts.js';
import { stageWords } from '../shared/onboarding.words.js';
import {
  ButtonLink,
  type Column,
  DateTime,
  EmptyState,
  Field,
  Filters,
  Pager,
  Select,
  Table,
  Tabs,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { SellersQuery, stages } from './sellers.dto.js';

/** All sellers, with how far each has come. */
@AdminOnly()
@Controller('admin/sellers')
export class AdminSellersPages {
  constructor(private readonly sellers: Sellers) {}

  @Get()
  async list(@PageFrame() frame: PageFrameData, @Query() query: SellersQuery) {
    const { stage, search, cursor } = query;
    const [page, counts] = await Promise.all([
      this.sellers.page({ stage, search, cursor }),
      this.sellers.countByStage(),
    ]);
    return <SellersPage frame={frame} query={query} page={page} counts={counts} />;
  }
}

const columns: Column<SellerView>[] = [
  {
    header: 'Shop',
    rowHeader: true,
    cell: (seller) => <a href={`/admin/sellers/${seller.id}`}>{seller.name}</a>,
  },
  { header: 'State', cell: (seller) => <StageBadge seller={seller} /> },
  { header: 'Stripe waits for', cell: (seller) => waitsFor(seller) },
  { header: 'Country', cell: (seller) => seller.country },
  { header: 'Currency', cell: (seller) => seller.currency.toUpperCase() },
  { header: 'Since', cell: (seller) => <DateTime at={seller.createdAt} day /> },
];

function waitsFor({ requirements }: SellerView): string {
  const [first] = requirements;
  if (!first) return 'Nothing';
  return requirements.length === 1 ? first.words : `${first.words} and ${requirements.length - 1} more`;
}

type Props = {
  frame: PageFrameData;
  query: SellersQuery;
  page: Page<SellerView>;
  counts: Map<Stage, number>;
};

const SellersPage = ({ frame, query, page, counts }: Props) => {
  const { stage, search } = query;
  const path = '/admin/sellers';
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const tabs = [
    { href: address(path, { search }), label: 'All', count: all, current: !stage },
    ...stages
      .filter((one) => counts.has(one) || one === stage)
      .map((one) => ({
        href: address(path, { stage: one, search }),
        label: stageWords[one].word,
        count: counts.get(one) ?? 0,
        current: one === stage,
      })),
  ];
  return (
    <AdminDesk
      frame={frame}
      current="sellers"
      title="Sellers"
      subtitle="Who sells here, what Stripe lets them do, and what it still needs."
      action={
        <ButtonLink href={address('/admin/sellers.csv', { stage, search })} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
    >
      <Tabs label="Sellers by state" tabs={tabs} />
      <Filters action={path} clear={search || stage ? path : undefined}>
        <Field name="search" type="search" label="Shop, seller id or Stripe account" value={search} />
        <Select
          name="stage"
          label="State"
          placeholder="Any state"
          value={stage}
          options={stages.map((one) => ({ value: one, label: stageWords[one].word }))}
        />
      </Filters>
      <Table
        caption="Sellers, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={(seller) => seller.id}
        empty={
          search || stage ? (
            <EmptyState title="No seller matches" icon="search">
              Try fewer words, or look at all states.
            </EmptyState>
          ) : (
            <EmptyState title="Nobody sells here yet" icon="store">
              Sellers open their shop under “Sell on Guildhall”. They appear here as soon as they do.
            </EmptyState>
          )
        }
      />
      <Pager {...pagerOf(path, query, page)} />
    </AdminDesk>
  );
};
