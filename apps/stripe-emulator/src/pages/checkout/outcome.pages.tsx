import type Stripe from 'stripe';
import { formatMoney } from '../ui/format.js';
import { Button, PostForm } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { Facts, Money, Notice } from '../ui/parts.js';

type Session = Stripe.Checkout.Session;

export const ExpiredPage = ({ session, platform }: { session: Session; platform: string }) => (
  <Narrow
    heading="This payment page has expired"
    lead="Nothing was charged. Go back and check out again to get a new page."
  >
    {session.cancel_url && (
      <a class="button button-primary" href={session.cancel_url}>
        Back to {platform}
      </a>
    )}
  </Narrow>
);

/** @param successUrl where the buyer was sent after paying, with the session's id in it */
export function CompletePage({
  session,
  platform,
  successUrl,
}: {
  session: Session;
  platform: string;
  successUrl: string | null;
}) {
  const paid = session.payment_status === 'paid';
  const total = formatMoney(session.amount_total!, session.currency!);
  return (
    <Narrow
      heading={paid ? 'This has been paid' : 'This payment is on its way'}
      lead={
        paid
          ? `You paid ${total} to ${platform}. There is nothing left to do here.`
          : `Your bank has been asked for ${total}. ${platform} will tell you when it has arrived.`
      }
    >
      {successUrl && (
        <a class="button button-primary" href={successUrl}>
          Back to {platform}
        </a>
      )}
    </Narrow>
  );
}

/** The bank's part of a payment with 3-D Secure, with a button for each way it can end. */
export const ChallengePage = ({ session, platform }: { session: Session; platform: string }) => (
  <Narrow
    heading="Confirm this payment"
    lead="Your bank wants to know that it is you. This is a 3-D Secure test: choose how it ends."
  >
    <div class="card">
      <Facts
        items={[
          ['To', platform],
          ['Amount', <Money amount={session.amount_total!} currency={session.currency!} />],
        ]}
      />
    </div>
    <PostForm action={`/c/pay/${session.id}/3ds`} label="3-D Secure">
      <Button look="primary" wide name="outcome" value="complete">
        Complete authentication
      </Button>
      <Button wide name="outcome" value="fail">
        Fail authentication
      </Button>
    </PostForm>
  </Narrow>
);

/** The seller can't be paid at this moment; the buyer can't mend that. */
export const UnpayablePage = ({
  session,
  platform,
  reason,
}: {
  session: Session;
  platform: string;
  reason: string;
}) => (
  <Narrow
    heading="This can't be paid at the moment"
    lead={`Nothing was charged. Ask ${platform} what to do.`}
  >
    <Notice tone="attention">{reason}</Notice>
    {session.cancel_url && (
      <a class="button button-secondary" href={session.cancel_url}>
        Back to {platform}
      </a>
    )}
  </Narrow>
);
