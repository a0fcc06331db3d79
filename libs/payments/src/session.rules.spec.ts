import fc from 'fast-check';
import { isOlder, type Outcome, outcomeOf, type SessionStanding, standingAfter } from './session.rules.js';

const shown = (status: 'open' | 'complete' | 'expired', paid = false, intentStatus: string | null = null) =>
  outcomeOf({ status, paid, intentStatus });

describe('what a picture of a session means', () => {
  it.each([
    ['open', shown('open')],
    ['open', shown('open', false, 'requires_payment_method')],
    ['expired', shown('expired', false, 'canceled')],
    ['paid', shown('complete', true, 'succeeded')],
    ['processing', shown('complete', false, 'processing')],
    ['failed', shown('complete', false, 'requires_payment_method')],
  ] as const)('%s', (outcome, seen) => {
    expect(seen).toBe(outcome);
  });

  it('in whatever order and however often pictures come, the last word stays', () => {
    const lives: Outcome[][] = [
      ['open', 'paid'],
      ['open', 'expired'],
      ['open', 'processing', 'paid'],
      ['open', 'processing', 'failed'],
    ];
    const life = fc
      .constantFrom(...lives)
      .chain((pictures) =>
        fc.tuple(
          fc.constant(pictures.at(-1)!),
          fc.shuffledSubarray([...pictures, ...pictures], { minLength: pictures.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(life, ([last, pictures]) => {
        let standing: SessionStanding = { status: 'creating', payment_status: 'unpaid' };
        for (const outcome of pictures) if (!isOlder(outcome, standing)) standing = standingAfter[outcome];
        expect(standing).toEqual(standingAfter[last]);
      }),
    );
  });
});
