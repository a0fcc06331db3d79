import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { applicationFee, Fees, type FeeRuleView } from '#fees';
import { Users } from '#identity';
import { Clock } from '#kernel';
import type { Page } from '#platform';
import { DailyFigures, type DailySeries, FeesEarned, type FeesEarnedRow } from '#reports';
import { AdminOnly } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  redraw,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { earnedFilter } from './fees.api.js';
import { FeeRuleForm, FeeRulesQuery, FeesEarnedQuery, moneyField, ruleOfForm } from './fees.dto.js';
import { FeeRulePage, type FeePreview } from './fees.form.js';
import { FeeRulesPage, FeesEarnedPage } from './fees.views.js';
import { ShopFilter } from './shop-filter.js';

const EXAMPLE_MAJOR = '50';

/** Fee rules and what they earned. */
@AdminOnly()
@Controller('admin/fees')
export class AdminFeesPages {
  constructor(
    private readonly fees: Fees,
    private readonly earned: FeesEarned,
    private readonly figures: DailyFigures,
    private readonly users: Users,
    private readonly clock: Clock,
    private readonly shops: ShopFilter,
  ) {}

  @Get()
  async rules(@PageFrame() frame: PageFrameData, @Query() query: FeeRulesQuery) {
    const page = await this.fees.page({ currency: query.currency, cursor: query.cursor });
    return <FeeRulesPage frame={frame} query={query} page={page} names={await this.namesOf(page)} />;
  }

  @Get('earned')
  async feesEarned(@PageFrame() frame: PageFrameData, @Query() typed: FeesEarnedQuery) {
    const shop = await this.shops.choose(typed.seller);
    const query = { ...typed, seller: shop.id };
    const filter = earnedFilter(query, await this.figures.newestDay(this.clock.now()));
    const page: Page<FeesEarnedRow> = await this.earned.page({ ...filter, cursor: query.cursor });
    const all = await this.figures.between(filter.from, filter.to);
    // The plot is of the whole marketplace: with a seller named it would show what the table does not.
    const series: DailySeries[] = query.seller
      ? []
      : all.filter((s) => !query.currency || s.currency === query.currency);
    return <FeesEarnedPage {...{ frame, query, shop, page, series }} period={filter} />;
  }

  @Get('new')
  async form(@PageFrame() frame: PageFrameData, @Query() { currency }: FeeRulesQuery) {
    const current = currency ? await this.inForce(currency) : null;
    const typed = current && {
      currency: current.fixed.currency,
      percent: String(current.percentBps / 100),
      fixed: current.fixed.toDecimal(),
    };
    return <FeeRulePage frame={frame} typed={typed ?? {}} errors={{}} preview={null} />;
  }

  @Post('new')
  create(@PageFrame() frame: PageFrameData, @Viewer() { actor }: RequestViewer, @Body() body: unknown) {
    return withForm(
      FeeRuleForm,
      body,
      async (form) => {
        const rule = ruleOfForm(form);
        if (form.do !== 'save') {
          const preview = await this.preview(form);
          return redraw(<FeeRulePage frame={frame} typed={{ ...form }} errors={{}} preview={preview} />, 200);
        }
        const made = await this.fees.create(actor, rule);
        return seeOther('/admin/fees', { tone: 'good', text: savedWords(made) });
      },
      (errors, typed) => <FeeRulePage frame={frame} typed={typed} errors={errors} preview={null} />,
    );
  }

  private async preview(form: FeeRuleForm): Promise<FeePreview> {
    const { currency, percentBps, fixed } = ruleOfForm(form);
    const base = moneyField('example', form.example ?? EXAMPLE_MAJOR, currency);
    const now = await this.inForce(currency);
    return {
      base,
      today: now ? applicationFee(now, base) : null,
      then: applicationFee({ id: 'new', percentBps, fixed }, base),
    };
  }

  private async inForce(currency: string) {
    return this.fees.ruleInForce(currency, this.clock.now()).catch(() => null);
  }

  /** `user usr_…` → a name. */
  private async namesOf(page: Page<FeeRuleView>): Promise<Map<string, string>> {
    const ids = page.items.flatMap(({ createdBy }) =>
      createdBy.startsWith('user ') ? [createdBy.slice(5)] : [],
    );
    const users = await this.users.byIds(ids);
    return new Map([...users].map(([id, { name }]) => [`user ${id}`, name]));
  }
}

function savedWords({ currency, validFrom, state }: FeeRuleView): string {
  const code = currency.toUpperCase();
  return state === 'upcoming'
    ? `The new fee for ${code} begins on ${validFrom.toISOString().slice(0, 10)}.`
    : `The new fee for ${code} is in force. Orders placed before keep theirs.`;
}
