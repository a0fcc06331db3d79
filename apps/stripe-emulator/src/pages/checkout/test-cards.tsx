import { TEST_CARDS, type CardBrand, type TestCard } from '../../engine/cards.js';
import { sentence } from '../words.js';

/** The cards that can be used here, and what each does; a click fills one in where there is a script. */
export const TestCards = () => (
  <details class="test-cards">
    <summary>Test cards</summary>
    <p class="help">Any future date, any three digits as CVC (four for American Express).</p>
    <p class="visually-hidden" role="status" data-filled />
    <ul>
      {SHOWN.map(([number, card]) => (
        <li key={number}>
          <button type="button" class="test-card" disabled data-fill={JSON.stringify(filled(number, card))}>
            {grouped(number)}
          </button>
          <span class="help">{whatItDoes(card)}</span>
        </li>
      ))}
    </ul>
  </details>
);

/** Cards of other countries pay like the others: they would only make the list long. */
const SHOWN = Object.entries(TEST_CARDS).filter(([, card]) => !card.country);

const filled = (number: string, card: TestCard) => ({
  number,
  expiry: '1234',
  cvc: card.brand === 'amex' ? '1234' : '123',
});

const grouped = (number: string): string =>
  number.replace(
    number.length === 15 ? /^(\d{4})(\d{6})/ : /(\d{4})(?=\d)/g,
    number.length === 15 ? '$1 $2 ' : '$1 ',
  );

export const BRANDS: Record<CardBrand, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

export function whatItDoes(card: TestCard): string {
  const { decline, challenge } = card;
  if (card.declinesLater && decline?.outcome !== 'blocked' && !challenge)
    return 'Can be saved; every payment is declined';
  if (decline) {
    const reason = sentence(decline.decline_code).toLowerCase();
    if (decline.outcome === 'blocked') return `Blocked as ${reason}`;
    return challenge ? `3-D Secure, then declined: ${reason}` : `Declined: ${reason}`;
  }
  if (challenge === 'always') return '3-D Secure, every time';
  if (card.setUp) return '3-D Secure, except in payments without its owner';
  if (challenge) return '3-D Secure, until it has been saved';
  if (card.availableAtOnce) return 'Pays, available at once';
  if (card.refund === 'pending') return 'Pays; a refund stays pending for a while';
  if (card.dispute) return `Pays; then disputed: ${sentence(card.dispute).toLowerCase()}`;
  if (card.risk) return 'Pays, at an elevated risk';
  if (card.refund === 'fails') return 'Pays; a refund fails later';
  return `Pays (${BRANDS[card.brand]}${card.funding ? `, ${card.funding}` : ''})`;
}
