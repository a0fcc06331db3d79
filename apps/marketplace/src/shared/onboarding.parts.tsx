import type { RequirementView, SellerView } from '#sellers';
import {
  Badge,
  Button,
  Card,
  DateTime,
  DescriptionList,
  EmptyState,
  Notice,
  PostForm,
  Stack,
  type Tone,
} from '../ui/index.js';
import { stageWords, stripeButton } from './onboarding.words.js';

export const StageBadge = ({ seller }: { seller: SellerView }) => (
  <Badge tone={stageWords[seller.stage].tone}>{stageWords[seller.stage].word}</Badge>
);

/** Sends the seller to Stripe's pages; the link is made when it is clicked, since it lives for minutes. */
export const ToStripe = ({
  seller,
  look = 'primary',
}: {
  seller: SellerView;
  look?: 'primary' | 'secondary';
}) => {
  const label = stripeButton(seller);
  return label ? (
    <PostForm action={`/seller/${seller.id}/stripe`} inline>
      <Button look={look} icon="external">
        {label}
      </Button>
    </PostForm>
  ) : null;
};

export const ToStripeDashboard = ({ seller }: { seller: SellerView }) =>
  seller.stripeAccount && seller.everActive ? (
    <PostForm action={`/seller/${seller.id}/stripe/dashboard`} inline>
      <Button icon="external">Open your Stripe dashboard</Button>
    </PostForm>
  ) : null;

/** The state as a sentence, with the reason and the way on. */
export const StandingNotice = ({ seller }: { seller: SellerView }) => {
  const { tone, word, sentence } = stageWords[seller.stage];
  const reason = seller.suspended?.reason ?? (seller.transfersActive ? null : seller.transfersReason);
  return (
    <Notice tone={tone} title={word} action={<ToStripe seller={seller} />}>
      <p>{sentence}</p>
      {reason && <p>{reason}</p>}
    </Notice>
  );
};

const urgencyBadge = (requirement: RequirementView): { tone: Tone; word: string } => {
  if (requirement.who === 'stripe') return { tone: 'waiting', word: 'Stripe is checking' };
  if (requirement.urgency === 'past_due') return { tone: 'bad', word: 'Overdue' };
  if (requirement.urgency === 'currently_due') return { tone: 'attention', word: 'Needed now' };
  return { tone: 'neutral', word: 'Later' };
};

/** What Stripe wants, each with who must act, by when, and what happens then. */
export const Requirements = ({ requirements }: { requirements: readonly RequirementView[] }) => {
  if (requirements.length === 0)
    return <EmptyState title="Stripe is not waiting for anything" icon="check" />;
  return (
    <Stack>
      {requirements.map((requirement) => {
        const { tone, word } = urgencyBadge(requirement);
        return (
          <Card key={requirement.words} title={requirement.words} action={<Badge tone={tone}>{word}</Badge>}>
            {requirement.problem && <p>{requirement.problem}</p>}
            <p>{requirement.consequence}</p>
            {requirement.deadline && (
              <p class="muted">
                By <DateTime at={requirement.deadline} />
              </p>
            )}
          </Card>
        );
      })}
    </Stack>
  );
};

/** Selling and payouts, each on its own: money can come in while it can't go out. */
export const MoneyState = ({ seller }: { seller: SellerView }) => (
  <DescriptionList
    items={[
      {
        term: 'Selling',
        value: seller.canSell ? (
          <Badge tone="good">Possible</Badge>
        ) : (
          <Badge tone={stageWords[seller.stage].tone}>Not possible</Badge>
        ),
      },
      {
        term: 'Payouts to your bank',
        value: seller.payoutsActive ? (
          <Badge tone="good">Possible</Badge>
        ) : (
          <>
            <Badge tone="attention">Not possible yet</Badge>
            {seller.payoutsReason && <p class="muted">{seller.payoutsReason}</p>}
          </>
        ),
      },
      { term: 'Stripe account', value: seller.stripeAccount ?? 'None' },
      {
        term: 'Last asked Stripe',
        value: seller.checkedAt ? <DateTime at={seller.checkedAt} /> : 'Not yet',
      },
    ]}
  />
);
