import { formatDateTime, formatDay, formatMoney } from './format.js';

type Amount = { amount: bigint; currency: string };

/** An amount of minor units in its currency, in tabular figures. */
export const Money = ({ amount, currency }: Amount) => (
  <span class="money">{formatMoney(amount, currency)}</span>
);

/** Money in a table cell: the amount with its currency code, right-aligned; `signed` shows a plus before income. */
export const MoneyCell = ({ amount, currency, signed }: Amount & { signed?: boolean }) => (
  <span class="money money-cell">
    {signed && amount > 0n ? '+' : ''}
    {formatMoney(amount, currency)} <abbr class="currency-code">{currency.toUpperCase()}</abbr>
  </span>
);

/** A moment with its zone; `day` leaves the time of day away. */
export const DateTime = (props: { at: Date; day?: boolean }) => (
  <time dateTime={props.at.toISOString()}>{props.day ? formatDay(props.at) : formatDateTime(props.at)}</time>
);
