import type Stripe from 'stripe';
import { CardFields } from '../checkout/card-fields.js';
import { Button, FormProblems, PostForm, type FormState } from '../ui/forms.js';
import { formatMoney } from '../ui/format.js';
import { TwoColumns } from '../ui/hosted.js';
import { Icon } from '../ui/icon.js';
import { Badge, Facts, Money, Notice, When } from '../ui/parts.js';
import { invoiceState } from '../words.js';

interface Props {
  invoice: Stripe.Invoice;
  platform: string;
  /** Where its form goes. */
  action: string;
  form: FormState;
  refusal?: string | undefined;
}

/** An invoice as its customer sees it, with a card form while it is open. */
export function InvoicePage(props: Props) {
  const { invoice, action, form, refusal } = props;
  const open = invoice.status === 'open' && invoice.amount_remaining > 0;
  return (
    <TwoColumns back={props.platform} aside={<InvoiceSummary {...props} />}>
      <h1 class="pay-heading">{open ? 'Pay this invoice' : `Invoice ${invoice.number ?? ''}`}</h1>
      {refusal ? (
        <Notice tone="bad" title={refusal} alert>
          You have not been charged. Try again or use another card.
        </Notice>
      ) : (
        <FormProblems problems={form.problems} />
      )}
      <div class="stack">
        <Facts
          items={[
            ['State', <Badge {...invoiceState(invoice)} />],
            ['Number', invoice.number],
            ['For', invoice.customer_name ?? invoice.customer_email],
            ['Date', <When at={(invoice.effective_at ?? invoice.created) * 1000} day />],
            ['Due', invoice.due_date && <When at={invoice.due_date * 1000} day />],
          ]}
        />
        {open && (
          <PostForm action={action} label="Payment">
            <CardFields form={form} />
            <Button look="primary" wide>
              <Icon name="lock" />
              Pay {formatMoney(invoice.amount_remaining, invoice.currency)}
            </Button>
          </PostForm>
        )}
      </div>
    </TwoColumns>
  );
}

function InvoiceSummary({ invoice }: Props) {
  const { currency } = invoice;
  const sum = (rows: { amount: number }[] | null) =>
    (rows ?? []).reduce((total, row) => total + row.amount, 0);
  const taxes = (invoice.total_taxes ?? []).filter((tax) => tax.tax_behavior === 'exclusive');
  const sums: [string, number][] = [
    ['Subtotal', invoice.subtotal],
    ['Discount', -sum(invoice.total_discount_amounts)],
    ['Tax', sum(taxes)],
    ['Total', invoice.total],
    ['Paid', -invoice.amount_paid],
  ];
  return (
    <>
      <p class="pay-title">Invoice {invoice.number}</p>
      <p class="pay-total">
        <Money amount={invoice.total} currency={currency} />
      </p>
      <ul class="pay-items">
        {invoice.lines.data.map((line) => (
          <li key={line.id}>
            <p class="pay-item">{line.description ?? 'Item'}</p>
            <Money amount={line.amount} currency={currency} />
          </li>
        ))}
      </ul>
      <dl class="pay-sums">
        {[
          ...sums.filter(([, amount]) => amount !== 0),
          ['Still to pay', invoice.amount_remaining] as const,
        ].map(([term, amount]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <Money amount={amount} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
