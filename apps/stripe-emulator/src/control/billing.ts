import { oneOf, required } from '../http/params.js';
import { control } from './index.js';

/** What is a setting of the dashboard at Stripe: what becomes of a subscription whose payments all failed. */
export const billingControls = [
  control<{ after_retries: string }>(
    'POST',
    '/billing',
    { after_retries: required(oneOf('cancel', 'unpaid', 'keep')) },
    ({ engine }, { after_retries: value }) =>
      engine.transact(() => engine.store.insert('setting', '', { id: 'after_retries', value })),
  ),
];
