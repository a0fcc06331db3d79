import { Controller, Get, Param } from '@nestjs/common';
import { type SellerHappening, Sellers, SellerTimeline, type SellerView } from '#sellers';
import { SellerMember } from '../auth/index.js';
import { fragment, PageFrame, type PageFrameData, type RequestViewer, Viewer } from '../http/index.js';
import {
  ButtonLink,
  Card,
  Columns,
  EmptyState,
  Live,
  Stack,
  Steps,
  type Step,
  Timeline,
} from '../ui/index.js';
import {
  MoneyState,
  Requirements,
  StageBadge,
  StandingNotice,
  ToStripe,
  ToStripeDashboard,
} from '../shared/onboarding.parts.js';
import { isSettled } from '../shared/onboarding.words.js';
import { ShopFigures, ShopTiles } from './overview.figures.js';
import { SellerDesk } from './seller-desk.js';
import { ShopOverview, type ShopOverviewBody } from './shop-overview.js';

/** Where a seller's desk begins: what to do next, before anything else. */
@SellerMember()
@Controller('seller/:sellerId')
export class OverviewPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly timeline: SellerTimeline,
    private readonly shop: ShopOverview,
  ) {}

  @Get()
  async overview(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
  ) {
    const seller = await this.sellers.requireMember(viewer.actor, sellerId);
    const [happenings, figures] = await Promise.all([
      this.timeline.latest(sellerId, 10),
      seller.everActive ? this.shop.of(viewer.actor, sellerId) : null,
    ]);
    return <Overview {...{ frame, seller, happenings, figures }} />;
  }

  /** What the page asks for while Stripe is still at work. */
  @Get('standing')
  async standing(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string) {
    return fragment(<Standing seller={await this.sellers.requireMember(viewer.actor, sellerId)} />);
  }
}

const Standing = ({ seller }: { seller: SellerView }) => (
  <div data-live-done={isSettled(seller) ? '' : undefined}>
    <StandingNotice seller={seller} />
  </div>
);

type Props = {
  frame: PageFrameData;
  seller: SellerView;
  happenings: SellerHappening[];
  /** Null until the shop was open once. */
  figures: ShopOverviewBody | null;
};

const Overview = ({ frame, seller, happenings, figures }: Props) => (
  <SellerDesk
    frame={frame}
    seller={seller}
    current="overview"
    title="Overview"
    badge={<StageBadge seller={seller} />}
    action={
      seller.canSell ? (
        <ButtonLink look="primary" icon="plus" href={`/seller/${seller.id}/listings/new`}>
          Add a listing
        </ButtonLink>
      ) : undefined
    }
  >
    {isSettled(seller) ? (
      <Standing seller={seller} />
    ) : (
      <Live path={`/seller/${seller.id}/standing`}>
        <Standing seller={seller} />
      </Live>
    )}
    {figures && <ShopTiles sellerId={seller.id} figures={figures} />}
    <Columns
      main={
        <>
          {!seller.everActive && <WayToTheFirstSale seller={seller} />}
          {figures && <ShopFigures sellerId={seller.id} figures={figures} />}
          {seller.requirements.length > 0 && (
            <section class="stack">
              <Stack>
                <h2>What Stripe needs from you</h2>
                <Requirements requirements={seller.requirements} />
              </Stack>
            </section>
          )}
        </>
      }
      aside={
        <>
          <Card title="Your money">
            <Stack>
              <MoneyState seller={seller} />
              <ToStripeDashboard seller={seller} />
            </Stack>
          </Card>
          <Card title="What has happened">
            {happenings.length > 0 ? (
              <Timeline entries={happenings} />
            ) : (
              <EmptyState title="Nothing has happened yet" icon="clock" />
            )}
          </Card>
        </>
      }
    />
  </SellerDesk>
);

const WayToTheFirstSale = ({ seller }: { seller: SellerView }) => {
  const steps: Step[] = [
    { title: 'Make your shop', state: 'done', word: 'Done' },
    {
      title: 'Tell Stripe who you are',
      detail: 'Your name, your address and your bank account. Only Stripe sees them.',
      state: 'current',
      word: 'Next',
      action: <ToStripe seller={seller} look="secondary" />,
    },
    {
      title: 'Add what you sell',
      detail: 'You can prepare listings now; buyers see them when your shop opens.',
      state: 'left',
      word: 'Then',
      action: (
        <ButtonLink href={`/seller/${seller.id}/listings`} small>
          Prepare listings
        </ButtonLink>
      ),
    },
  ];
  return (
    <Card title="The way to your first sale">
      <Steps label="The way to your first sale" steps={steps} />
    </Card>
  );
};
