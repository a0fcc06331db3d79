import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Users, type UserView } from '#identity';
import { type SellerHappening, SellerOnboarding, Sellers, SellerTimeline, type SellerView } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { MoneyState, Requirements, StageBadge } from '../shared/onboarding.parts.js';
import { stageWords } from '../shared/onboarding.words.js';
import {
  Actions,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  DateTime,
  DescriptionList,
  FormErrors,
  Notice,
  PostForm,
  TextArea,
  Timeline,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { ReasonDto } from './sellers.dto.js';

interface Story {
  readonly seller: SellerView;
  readonly happenings: SellerHappening[];
  readonly people: (UserView & { role: string })[];
  readonly accounts: Awaited<ReturnType<Sellers['accountsOf']>>;
}

/** One seller: what Stripe says, what happened, and what an admin can do about it. */
@AdminOnly()
@Controller('admin/sellers/:sellerId')
export class AdminSellerPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly onboarding: SellerOnboarding,
    private readonly timeline: SellerTimeline,
    private readonly users: Users,
  ) {}

  @Get()
  async detail(@PageFrame() frame: PageFrameData, @Param('sellerId') sellerId: string) {
    return <SellerPage frame={frame} {...await this.story(sellerId)} errors={{}} />;
  }

  @Post('refresh')
  async refresh(@Viewer() { actor }: RequestViewer, @Param('sellerId') sellerId: string) {
    const before = await this.sellers.byId(sellerId);
    const after = await this.onboarding.refreshAsAdmin(actor, sellerId);
    const text =
      before.stage === after.stage
        ? 'Stripe was asked. Nothing has changed.'
        : `Stripe was asked: ${stageWords[after.stage].word}.`;
    return seeOther(`/admin/sellers/${sellerId}`, { tone: 'good', text });
  }

  @Post('suspend')
  suspend(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: unknown,
  ) {
    return this.decide(frame, sellerId, body, async ({ reason }) => {
      const { name } = await this.sellers.suspend(viewer.actor, sellerId, reason);
      return `${name} is suspended.`;
    });
  }

  @Post('unsuspend')
  unsuspend(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: unknown,
  ) {
    return this.decide(frame, sellerId, body, async ({ reason }) => {
      const { name } = await this.sellers.unsuspend(viewer.actor, sellerId, reason);
      return `The suspension of ${name} is lifted.`;
    });
  }

  private decide(
    frame: PageFrameData,
    sellerId: string,
    body: unknown,
    verb: (dto: ReasonDto) => Promise<string>,
  ) {
    return withForm(
      ReasonDto,
      body,
      async (dto) => seeOther(`/admin/sellers/${sellerId}`, { tone: 'good', text: await verb(dto) }),
      async (errors, typed) => (
        <SellerPage
          frame={frame}
          {...await this.story(sellerId)}
          errors={errors}
          reason={typeof typed['reason'] === 'string' ? typed['reason'] : ''}
        />
      ),
    );
  }

  private async story(sellerId: string): Promise<Story> {
    const seller = await this.sellers.byId(sellerId);
    const [happenings, members, accounts] = await Promise.all([
      this.timeline.latest(sellerId),
      this.sellers.membersOf(sellerId),
      this.sellers.accountsOf(sellerId),
    ]);
    const users = await this.users.byIds(members.map(({ userId }) => userId));
    const people = members.flatMap(({ userId, role }) => {
      const user = users.get(userId);
      return user ? [{ ...user, role }] : [];
    });
    return { seller, happenings, people, accounts };
  }
}

const lists = [
  ['Orders', '/admin/orders'],
  ['Payouts', '/admin/payouts'],
  ['Refunds', '/admin/refunds'],
  ['Debts', '/admin/refunds/debts'],
  ['Fees', '/admin/fees/earned'],
] as const;

type Props = Story & { frame: PageFrameData; errors: FieldErrors; reason?: string };

const SellerPage = ({ frame, seller, happenings, people, accounts, errors, reason }: Props) => (
  <AdminDesk
    frame={frame}
    current="sellers"
    title={seller.name}
    badge={<StageBadge seller={seller} />}
    subtitle={stageWords[seller.stage].forAdmins}
    breadcrumbs={
      <Breadcrumbs items={[{ label: 'Sellers', href: '/admin/sellers' }, { label: seller.name }]} />
    }
    action={
      seller.stripeAccount ? (
        <PostForm action={`/admin/sellers/${seller.id}/refresh`} inline>
          <Button icon="download">Ask Stripe again</Button>
        </PostForm>
      ) : undefined
    }
  >
    {seller.suspended && (
      <Notice tone="bad" title="Suspended">
        {seller.suspended.reason} (<DateTime at={seller.suspended.at} />)
      </Notice>
    )}
    <Columns
      main={
        <>
          <section class="stack">
            <h2>What Stripe needs from the seller</h2>
            <Requirements requirements={seller.requirements} />
          </section>
          <Card title="What has happened">
            <Timeline entries={happenings} />
          </Card>
        </>
      }
      aside={
        <>
          <Card title="Money">
            <MoneyState seller={seller} />
          </Card>
          <Card title="Of this shop">
            <Actions>
              {lists.map(([label, path]) => (
                <ButtonLink key={path} small href={`${path}?seller=${seller.id}`}>
                  {label}
                </ButtonLink>
              ))}
            </Actions>
          </Card>
          <Card title="Seller">
            <Facts seller={seller} people={people} accounts={accounts} />
          </Card>
          <Suspension seller={seller} errors={errors} reason={reason ?? ''} />
        </>
      }
    />
  </AdminDesk>
);

const Facts = ({ seller, people, accounts }: Pick<Story, 'seller' | 'people' | 'accounts'>) => (
  <DescriptionList
    items={[
      { term: 'Id', value: seller.id },
      { term: 'Shop', value: <a href={`/shop/${seller.slug}`}>/shop/{seller.slug}</a> },
      { term: 'Country and currency', value: `${seller.country}, ${seller.currency.toUpperCase()}` },
      { term: 'Since', value: <DateTime at={seller.createdAt} day /> },
      {
        term: 'People',
        value: people.map(({ name, email, role }) => `${name}, ${email} (${role})`).join('; '),
      },
      {
        term: 'Earlier Stripe accounts',
        value:
          accounts
            .filter(({ current }) => !current)
            .map(({ stripeAccount }) => stripeAccount)
            .join(', ') || 'None',
      },
    ]}
  />
);

const Suspension = (props: { seller: SellerView; errors: FieldErrors; reason: string }) => {
  const { seller, errors, reason } = props;
  const verb = seller.suspended ? 'unsuspend' : 'suspend';
  return (
    <Card
      title={seller.suspended ? 'Lift the suspension' : 'Suspend this seller'}
      subtitle={
        seller.suspended
          ? 'The shop opens again if Stripe lets it sell.'
          : 'The shop closes at once, and open checkouts with it. Orders already paid stay as they are.'
      }
    >
      <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <PostForm action={`/admin/sellers/${seller.id}/${verb}`} label="Suspension">
        <TextArea
          name="reason"
          label="Reason"
          help="The seller reads it, and it is kept in the audit log."
          rows={3}
          maxLength={500}
          value={reason}
          error={errors['reason']}
          required
        />
        <Actions>
          <Button look={seller.suspended ? 'primary' : 'danger'}>
            {seller.suspended ? 'Lift the suspension' : 'Suspend the seller'}
          </Button>
          {seller.suspended && (
            <ButtonLink look="quiet" href={`/admin/audit?subject=${seller.id}`}>
              See the audit log
            </ButtonLink>
          )}
        </Actions>
      </PostForm>
    </Card>
  );
};
