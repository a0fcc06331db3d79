import { int, str } from '../http/params.js';
import { missing } from '../engine/errors.js';
import { control } from './index.js';

export const eventControls = [
  control<{ endpoint?: string }>(
    'POST',
    '/events/:id/resend',
    { endpoint: str },
    ({ engine, ids }, { endpoint }) => {
      if (!engine.store.locate(ids['id']!)) throw missing('event', ids['id']!);
      return { deliveries: engine.transact(() => engine.resend(ids['id']!, endpoint)) };
    },
  ),
  control<{ limit?: number; event?: string; endpoint?: string }>(
    'GET',
    '/deliveries',
    { limit: int(1, 1000), event: str, endpoint: str },
    ({ engine }, { limit = 100, event, endpoint }) => {
      const index = event
        ? { name: 'event', values: [event] }
        : endpoint && { name: 'endpoint', values: [endpoint] };
      return engine.store.page('delivery', '', { limit, ...(index && { index }) });
    },
  ),
  control('POST', '/deliveries/retry', {}, async ({ engine }) => {
    engine.deliveries.retryAll();
    await engine.deliveries.idle();
    return { pending: engine.store.by('delivery', '', 'status', 'pending').length };
  }),
  control('POST', '/deliveries/settle', {}, async ({ engine }) => {
    await engine.durable();
    await engine.deliveries.idle();
    return { settled: true };
  }),
];
