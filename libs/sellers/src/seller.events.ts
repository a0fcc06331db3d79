import { domainEvent } from '#platform';

/** A shop may sell from now on, or may not any more; published in the transaction that changes it. */
export class SellerSellingChanged extends domainEvent<{ sellerId: string; canSell: boolean }>(
  'seller.selling_changed',
) {}
