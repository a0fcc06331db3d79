import { Controller, Get, Param, Post } from '@nestjs/common';
import { DomainError } from '#kernel';
import { Config } from '#platform';
import { SellerOnboarding, Sellers, type SellerView } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
} from '../http/index.js';
import { ButtonLink, Notice } from '../ui/index.js';
import { Requirements, StageBadge, StandingNotice } from '../shared/onboarding.parts.js';
import { SellerDesk } from './seller-desk.js';

/** The way to Stripe's pages and back. Links are made on a click, for the person who clicked, and never mailed. */
@SellerMember()
@Controller('seller/:sellerId/stripe')
export class OnboardingPages {
  constructor(
    private readonly onboarding: SellerOnboarding,
    private readonly sellers: Sellers,
    private readonly config: Config,
  ) {}

  @Post()
  go(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string) {
    return orBack(sellerId, () => this.link(viewer, sellerId));
  }

  /** Stripe sends the browser here when a link was used or too old: a new one, and on. */
  @Get('refresh')
  again(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string) {
    return orBack(sellerId, () => this.link(viewer, sellerId));
  }

  /** Coming back says nothing about being done: Stripe is asked. */
  @Get('return')
  async back(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
  ) {
    await this.sellers.requireMember(viewer.actor, sellerId);
    return <BackFromStripe frame={frame} {...await this.asked(sellerId)} />;
  }

  @Post('dashboard')
  dashboard(@Viewer() viewer: RequestViewer, @Param('sellerId') sellerId: string) {
    return orBack(sellerId, () => this.onboarding.dashboard(viewer.actor, sellerId));
  }

  private link(viewer: RequestViewer, sellerId: string): Promise<string> {
    const here = `${this.config.publicUrl}/seller/${sellerId}/stripe`;
    return this.onboarding.link(viewer.actor, sellerId, {
      returnUrl: `${here}/return`,
      refreshUrl: `${here}/refresh`,
    });
  }

  private async asked(sellerId: string): Promise<{ seller: SellerView; answered: boolean }> {
    try {
      return { seller: await this.onboarding.refresh(sellerId), answered: true };
    } catch {
      // Stripe did not answer: what we knew is shown, and said to be old.
      return { seller: await this.sellers.byId(sellerId), answered: false };
    }
  }
}

/** On to Stripe, or back to the desk with the reason why not. */
async function orBack(sellerId: string, url: () => Promise<string>): Promise<SeeOther> {
  try {
    return seeOther(await url());
  } catch (error) {
    if (!(error instanceof DomainError) || !['conflict', 'unavailable'].includes(error.kind)) throw error;
    return seeOther(`/seller/${sellerId}`, { tone: 'bad', text: error.message });
  }
}

type Props = { frame: PageFrameData; seller: SellerView; answered: boolean };

const BackFromStripe = ({ frame, seller, answered }: Props) => {
  const missing = seller.requirements.filter(({ who }) => who === 'you').length;
  return (
    <SellerDesk
      frame={frame}
      seller={seller}
      current="overview"
      title={missing > 0 ? 'Stripe still needs something' : 'Thank you'}
      badge={<StageBadge seller={seller} />}
      subtitle={
        missing > 0
          ? `${missing === 1 ? 'One thing is' : `${missing} things are`} missing. You can go on whenever you like.`
          : 'Stripe has everything it asked for.'
      }
      action={<ButtonLink href={`/seller/${seller.id}`}>Go to your desk</ButtonLink>}
    >
      {!answered && (
        <Notice tone="attention" title="Stripe did not answer just now">
          This is what we knew before. It brings itself up to date; look again in a minute.
        </Notice>
      )}
      <StandingNotice seller={seller} />
      {seller.requirements.length > 0 && (
        <section class="stack">
          <h2>What is missing</h2>
          <Requirements requirements={seller.requirements} />
        </section>
      )}
    </SellerDesk>
  );
};
