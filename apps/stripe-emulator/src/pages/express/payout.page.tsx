import type { FastifyReply } from 'fastify';
import { nextBusinessDay } from '../../engine/clock.js';
import { bankWord } from '../bank.rules.js';
import { attempt, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { Desk } from '../ui/desk.js';
import { Button, Field, FormProblems, PostForm, type FormState, type Values } from '../ui/forms.js';
import { formatMoney, moneyField, readMoney } from '../ui/format.js';
import { Card, Facts, Money, Notice, When } from '../ui/parts.js';
import { frame, type ExpressProps } from './express.frame.js';

/** What could be paid out now in a currency; null where the account has never held any. */
function available({ engine, record }: ExpressProps, currency: string): number | null {
  const held = engine.ledger.currencies(record.id).includes(currency);
  return held ? engine.ledger.balance(record.id, currency).available : null;
}

/** Asks how much, with all that there is filled in, where it goes and when it arrives. */
export function showPayOut(
  props: ExpressProps,
  reply: FastifyReply,
  currency: string,
  form?: FormState,
): FastifyReply {
  const amount = available(props, currency);
  if (amount === null || amount <= 0) return seeOther(reply, props.base);
  const shown = form ?? { values: { amount: moneyField(amount, currency) }, problems: {} };
  return sendPage(reply, {
    title: 'Pay out now',
    status: form ? 422 : 200,
    body: <PayOutPage {...props} amount={amount} currency={currency} form={shown} />,
  });
}

export function payOut(
  props: ExpressProps,
  reply: FastifyReply,
  currency: string,
  values: Values,
): FastifyReply {
  const most = available(props, currency);
  if (most === null || most <= 0) return seeOther(reply, props.base);
  const refuse = (amount: string) =>
    showPayOut(props, reply, currency, { values, problems: { amount }, focus: 'amount' });
  const amount = readMoney(values['amount'] ?? '', currency);
  if (amount === null || amount === 0) return refuse(`Enter an amount like ${moneyField(most, currency)}.`);
  if (amount > most)
    return refuse(`You have ${formatMoney(most, currency)} available. Enter no more than that.`);
  const { engine, record, base } = props;
  const tried = attempt(engine, () => engine.payouts.create(record.id, { amount, currency }));
  return tried.done ? seeOther(reply, `${base}/payouts?done=${tried.result.id}`) : refuse(tried.message);
}

function PayOutPage(props: ExpressProps & { amount: number; currency: string; form: FormState }) {
  const { engine, record, base, amount, currency, form } = props;
  const bank = engine.externalAccounts.forCurrency(record, currency);
  const obstacle = engine.payouts.obstacle(record, bank);
  return (
    <Desk {...frame(props, '')} back={{ href: base, label: 'Balance' }} heading="Pay out now">
      {obstacle ? (
        <Notice tone="attention" title="You can't be paid out now">
          {obstacle.message}
        </Notice>
      ) : (
        <Card>
          <FormProblems problems={form.problems} />
          <PostForm action={`${base}/pay-out/${currency}`} label="Pay out now">
            <Field
              {...form}
              name="amount"
              label={`Amount in ${currency.toUpperCase()}`}
              maxLength={14}
              help={
                <>
                  <Money amount={amount} currency={currency} /> is available.
                </>
              }
            />
            <Facts
              items={[
                ['To', bank && bankWord(bank)],
                ['Arrives', <When at={nextBusinessDay(engine.clock.now())} day />],
              ]}
            />
            <Button look="primary">Pay out</Button>
          </PostForm>
        </Card>
      )}
    </Desk>
  );
}
