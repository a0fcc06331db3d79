import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Promotions, type PromotionView } from '#checkout';
import { Clock, currencyCodes } from '#kernel';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  PageQuery,
  pagerOf,
  type RequestViewer,
  seeOther,
  type Typed,
  Viewer,
  withForm,
} from '../http/index.js';
import {
  Actions,
  Badge,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  type Column,
  DateTime,
  EmptyState,
  Field,
  FieldGroup,
  FieldRow,
  FormErrors,
  Pager,
  PostForm,
  Select,
  Table,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { PromotionForm, promotionOfForm } from './promotions.dto.js';

/** Codes for the whole marketplace, paid for from its fee. */
@AdminOnly()
@Controller('admin/promotions')
export class AdminPromotionsPages {
  constructor(
    private readonly promotions: Promotions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Query() { cursor }: PageQuery,
  ) {
    const page = await this.promotions.page(actor, null, { cursor });
    return <PromotionsPage frame={frame} page={page} now={this.clock.now()} />;
  }

  @Get('new')
  form(@PageFrame() frame: PageFrameData) {
    return <PromotionPage frame={frame} typed={{}} errors={{}} />;
  }

  @Post('new')
  create(@PageFrame() frame: PageFrameData, @Viewer() { actor }: RequestViewer, @Body() body: unknown) {
    return withForm(
      PromotionForm,
      body,
      async (form) => {
        const { code } = await this.promotions.create(actor, null, promotionOfForm(form));
        return seeOther('/admin/promotions', { tone: 'good', text: `Buyers can use ${code}.` });
      },
      // The rule names basis points; the form's field is the percentage.
      (errors, typed) => <PromotionPage frame={frame} typed={typed} errors={renamed(errors)} />,
    );
  }

  @Post(':promotionId/end')
  async end(@Viewer() { actor }: RequestViewer, @Param('promotionId') id: string) {
    const { code } = await this.promotions.end(actor, null, id);
    return seeOther('/admin/promotions', {
      tone: 'good',
      text: `${code} has ended. Orders that used it keep it.`,
    });
  }
}

function renamed({ percentBps, ...errors }: FieldErrors): FieldErrors {
  return percentBps ? { ...errors, percent: percentBps } : errors;
}

function worth({ percentBps, amount }: PromotionView): string {
  return amount ? `${amount.format()} off` : `${(percentBps ?? 0) / 100} % off`;
}

const StateBadge = ({ promotion, now }: { promotion: PromotionView; now: Date }) => {
  const { endedAt, validFrom, validUntil, maxRedemptions, redemptions } = promotion;
  if (endedAt || (validUntil && validUntil <= now)) return <Badge tone="neutral">Ended</Badge>;
  if (maxRedemptions !== null && redemptions >= maxRedemptions) return <Badge tone="neutral">Used up</Badge>;
  if (validFrom > now) return <Badge tone="waiting">Not yet valid</Badge>;
  return <Badge tone="good">Valid</Badge>;
};

const PromotionsPage = ({
  frame,
  page,
  now,
}: {
  frame: PageFrameData;
  page: Page<PromotionView>;
  now: Date;
}) => {
  const columns: Column<PromotionView>[] = [
    { header: 'Code', rowHeader: true, cell: ({ code }) => <code>{code}</code> },
    { header: 'Worth', cell: worth },
    { header: 'State', cell: (promotion) => <StateBadge promotion={promotion} now={now} /> },
    {
      header: 'Used',
      align: 'end',
      cell: ({ redemptions, maxRedemptions }) =>
        maxRedemptions === null ? redemptions : `${redemptions} of ${maxRedemptions}`,
    },
    { header: 'From', cell: ({ validFrom }) => <DateTime at={validFrom} /> },
    {
      header: 'Until',
      cell: ({ validUntil }) => (validUntil ? <DateTime at={validUntil} /> : 'It is ended'),
    },
    {
      header: 'Actions',
      hideHeader: true,
      cell: ({ id, endedAt }) =>
        endedAt ? null : (
          <PostForm action={`/admin/promotions/${id}/end`} inline>
            <Button small>End now</Button>
          </PostForm>
        ),
    },
  ];
  return (
    <AdminDesk
      frame={frame}
      current="promotions"
      title="Promotions"
      subtitle="Codes for all shops. What they take off comes from the marketplace’s fee, never from a seller."
      action={
        <ButtonLink look="primary" icon="plus" href="/admin/promotions/new">
          New code
        </ButtonLink>
      }
    >
      <Table
        caption="Promotion codes, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            title="No codes yet"
            icon="tag"
            action={<ButtonLink href="/admin/promotions/new">New code</ButtonLink>}
          >
            A code makes a purchase cheaper in every shop, at most by the marketplace’s fee.
          </EmptyState>
        }
      />
      <Pager {...pagerOf('/admin/promotions', {}, page)} />
      {page.items.length > 0 && (
        <p>
          <ButtonLink href="/admin/promotions.csv" icon="download" download small>
            Download as CSV
          </ButtonLink>
        </p>
      )}
    </AdminDesk>
  );
};

const PromotionPage = ({
  frame,
  typed,
  errors,
}: {
  frame: PageFrameData;
  typed: Typed;
  errors: FieldErrors;
}) => {
  const field = (name: string) => ({
    name,
    error: errors[name],
    value: typeof typed[name] === 'string' ? (typed[name] as string) : undefined,
  });
  return (
    <AdminDesk
      frame={frame}
      current="promotions"
      title="New code"
      subtitle="What it takes off an order is at most the marketplace’s fee on it."
      breadcrumbs={
        <Breadcrumbs items={[{ label: 'Promotions', href: '/admin/promotions' }, { label: 'New code' }]} />
      }
    >
      <Card>
        <PostForm action="/admin/promotions/new">
          <FormErrors
            errors={Object.entries(errors).map(([name, message]) => ({
              ...(name && { field: name }),
              message,
            }))}
          />
          <Field
            {...field('code')}
            label="Code"
            required
            maxLength={40}
            help="3 to 40 letters, digits and hyphens, such as SPRING-10."
          />
          <FieldGroup legend="Worth" help="Either a percentage or an amount.">
            <FieldRow>
              <Field {...field('percent')} label="Percentage" inputMode="decimal" />
              <Field {...field('amount')} label="Amount" inputMode="decimal" />
              <Select
                {...field('currency')}
                label="Currency"
                placeholder="Of the amount"
                options={currencyCodes.map((code) => ({ value: code, label: code.toUpperCase() }))}
              />
            </FieldRow>
          </FieldGroup>
          <FieldRow>
            <Field {...field('validFrom')} label="From" type="date" help="Empty: at once. Days are UTC." />
            <Field
              {...field('validUntil')}
              label="To"
              type="date"
              help="The last day. Empty: until you end it."
            />
          </FieldRow>
          <Field {...field('maxRedemptions')} label="How often it can be used" inputMode="numeric" />
          <Actions>
            <Button look="primary">Make this code</Button>
            <ButtonLink look="quiet" href="/admin/promotions">
              Back
            </ButtonLink>
          </Actions>
        </PostForm>
      </Card>
    </AdminDesk>
  );
};
