import { InvariantError } from './errors.js';
import { Money } from './money.js';

/** The equation of an order, frozen at sale: charged = seller's net + application fee + tax held. */
export class Split {
  constructor(
    readonly charged: Money,
    readonly sellerNet: Money,
    readonly applicationFee: Money,
    readonly taxHeld: Money,
  ) {
    if (!sellerNet.plus(applicationFee).plus(taxHeld).equals(charged)) {
      throw new InvariantError(
        `the parts ${sellerNet.format()} + ${applicationFee.format()} + ${taxHeld.format()} do not make ${charged.format()}`,
      );
    }
    if ([charged, sellerNet, applicationFee, taxHeld].some((part) => part.isNegative)) {
      throw new InvariantError('no part of a split may be negative');
    }
  }
}
