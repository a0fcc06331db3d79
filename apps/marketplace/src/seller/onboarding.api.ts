import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Config, IdempotencyKeys } from '#platform';
import {
  type Membership,
  type SellerHappening,
  SellerOnboarding,
  SellerProfile,
  Sellers,
  SellerSignUp,
  SellerTimeline,
  type SellerView,
} from '#sellers';
import { SellerMember, SignedIn } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { ShopOverview, type ShopOverviewBody } from './shop-overview.js';
import { NewSellerDto, ShopProfileDto } from './become-a-seller.dto.js';

/** What the seller's pages do, for programs. */
@Controller('api/v1/sellers')
export class SellersApi {
  constructor(
    private readonly signUp: SellerSignUp,
    private readonly sellers: Sellers,
    private readonly onboarding: SellerOnboarding,
    private readonly profile: SellerProfile,
    private readonly timeline: SellerTimeline,
    private readonly shop: ShopOverview,
    private readonly idempotency: IdempotencyKeys,
    private readonly config: Config,
  ) {}

  @SignedIn()
  @Post()
  create(
    @Viewer() { actor }: RequestViewer,
    @Body() shop: NewSellerDto,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<SellerView> {
    return this.idempotency.once(
      { actor, route: 'POST sellers', key, body: shop },
      () => this.signUp.begin(actor, shop),
      (begun) => this.signUp.finish(begun),
    );
  }

  /** The shops of the person who asks. */
  @SignedIn()
  @Get()
  async mine(@Viewer() viewer: RequestViewer): Promise<{ items: Membership[] }> {
    return { items: viewer.user ? await this.sellers.membershipsOf(viewer.user.id) : [] };
  }

  @SellerMember()
  @Get(':sellerId')
  one(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string): Promise<SellerView> {
    return this.sellers.requireMember(viewer.actor, sellerId);
  }

  /** Sales of the last 30 days, orders to send, the next payouts, and stock that runs low. */
  @SellerMember()
  @Get(':sellerId/overview')
  overview(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<ShopOverviewBody> {
    return this.shop.of(actor, sellerId);
  }

  @SellerMember()
  @Patch(':sellerId')
  describe(
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() shop: ShopProfileDto,
  ): Promise<SellerView> {
    return this.profile.describe(viewer.actor, sellerId, shop);
  }

  @SellerMember()
  @Get(':sellerId/timeline')
  async happenings(
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<{ items: SellerHappening[] }> {
    await this.sellers.requireMember(viewer.actor, sellerId);
    return { items: await this.timeline.latest(sellerId) };
  }

  /** A link to Stripe's questions: single-use, good for minutes, for the seller's own browser. */
  @SellerMember()
  @Post(':sellerId/onboarding-links')
  async link(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string): Promise<{ url: string }> {
    const here = `${this.config.publicUrl}/seller/${sellerId}/stripe`;
    const urls = { returnUrl: `${here}/return`, refreshUrl: `${here}/refresh` };
    return { url: await this.onboarding.link(viewer.actor, sellerId, urls) };
  }

  @SellerMember()
  @Post(':sellerId/dashboard-links')
  async dashboard(
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<{ url: string }> {
    return { url: await this.onboarding.dashboard(viewer.actor, sellerId) };
  }

  /** Asks Stripe now. */
  @SellerMember()
  @HttpCode(200)
  @Post(':sellerId/refresh')
  async refresh(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string): Promise<SellerView> {
    await this.sellers.requireMember(viewer.actor, sellerId);
    return this.onboarding.refresh(sellerId);
  }
}
