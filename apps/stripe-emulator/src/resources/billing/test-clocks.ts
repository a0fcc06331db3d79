import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import { int, paging, required, str } from '../../http/params.js';
import { route } from '../../http/route.js';

type TestClock = Stripe.TestHelpers.TestClock;

const time = required(int(0, 9_999_999_999));

export const testClocks = [
  route<Stripe.TestHelpers.TestClockCreateParams, TestClock>(
    'POST',
    '/v1/test_helpers/test_clocks',
    { frozen_time: time, name: str },
    ({ engine, account }, params) => engine.billing.testClocks.create(account, params),
  ),
  route<Stripe.TestHelpers.TestClockListParams, Stripe.ApiList<TestClock>>(
    'GET',
    '/v1/test_helpers/test_clocks',
    paging,
    (call, params) => listOf(call, 'test_clock', params),
  ),
  route<Stripe.TestHelpers.TestClockRetrieveParams, TestClock>(
    'GET',
    '/v1/test_helpers/test_clocks/:id',
    {},
    ({ engine, account, ids }) => engine.billing.testClocks.need(account, ids['id']!),
  ),
  route<Stripe.TestHelpers.TestClockAdvanceParams, TestClock>(
    'POST',
    '/v1/test_helpers/test_clocks/:id/advance',
    { frozen_time: time },
    ({ engine, account, ids }, params) =>
      engine.billing.testClocks.advance(account, ids['id']!, params.frozen_time),
  ),
  route<Stripe.TestHelpers.TestClockDeleteParams, Stripe.TestHelpers.DeletedTestClock>(
    'DELETE',
    '/v1/test_helpers/test_clocks/:id',
    {},
    ({ engine, account, ids }) => engine.billing.testClocks.remove(account, ids['id']!),
  ),
];
