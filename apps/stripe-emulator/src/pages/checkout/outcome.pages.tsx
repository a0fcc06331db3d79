import type { ComponentChildren } from 'preact';
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
  message,
}: {
  session: Session;
  platform: string;
  successUrl: string | null;
  /** What the platform wants to be said here. */
  message: string | null;
}) {
  const { heading, lead } = wordsOf(session, platform);
  return (
    <Narrow heading={heading} lead={message ?? lead}>
      {successUrl && (
        <a class="button button-primary" href={successUrl}>
          Back to {platform}
        </a>
      )}
    </Narrow>
  );
}

function wordsOf(session: Session, platform: string): { heading: string; lead: string } {
  if (session.mode === 'setup') {
    return {
      heading: 'Your payment method is saved',
      lead: `${platform} can use it for later payments. Nothing was charged.`,
    };
  }
  const total = formatMoney(session.amount_total!, session.currency!);
  return session.payment_status === 'paid'
    ? {
        heading: 'This has been paid',
        lead: `You paid ${total} to ${platform}. There is nothing left to do here.`,
      }
    : {
        heading: 'This payment is on its way',
        lead: `Your bank has been asked for ${total}. ${platform} will tell you when it has arrived.`,
      };
}

/** The bank's part of a payment with 3-D Secure, with a button for each way it can end. */
export const ChallengePage = ({
  platform,
  amount,
  action,
  back,
}: {
  platform: string;
  /** Left out where nothing is paid, and a card is only kept. */
  amount?: { amount: number; currency: string } | undefined;
  /** Where the answer goes. */
  action: string;
  /** Where another card can be chosen. */
  back?: string;
}) => (
  <Narrow
    heading={amount ? 'Confirm this payment' : 'Confirm that you save this card'}
    lead="Your bank wants to know that it is you. This is a 3-D Secure test: choose how it ends."
  >
    <div class="card">
      <Facts
        items={[
          ['To', platform],
          ...(amount ? ([['Amount', <Money {...amount} />]] as [string, ComponentChildren][]) : []),
        ]}
      />
    </div>
    <PostForm action={action} label="3-D Secure">
      <Button look="primary" wide name="outcome" value="complete">
        Complete authentication
      </Button>
      <Button wide name="outcome" value="fail">
        Fail authentication
      </Button>
    </PostForm>
    {back && (
      <p class="step-links">
        <a href={back}>Pay in another way</a>
      </p>
    )}
  </Narrow>
);

export const ClosedLinkPage = ({ message }: { message: string }) => (
  <Narrow heading="Nothing can be paid here now" lead={message} />
);

/** The end of a challenge that no page of the platform waits for. */
export const AnsweredPage = ({ passed }: { passed: boolean }) => (
  <Narrow
    heading={passed ? 'Authentication complete' : 'Authentication failed'}
    lead="You can close this page and go back to the shop."
  />
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
