import { control } from './index.js';

/** The customer's side of a refund that asks where to send the money. */
export const refundControls = [
  control('POST', '/refunds/:id/answer', {}, ({ engine, ids }) =>
    engine.transact(() => engine.cashRefunds.answer(ids['id']!)),
  ),
];
