import type { FastifyInstance } from 'fastify';
import { Balances } from '../money-tables.js';
import { sendPage } from '../send.js';
import { Card, Facts, Stat, When } from '../ui/parts.js';
import type { Dashboard } from './context.js';
import { Frame } from './frame.js';
import { paymentsOf } from './payment-rows.js';
import { PaymentsTable } from './payments.js';

export function serveOverview(app: FastifyInstance, dashboard: Dashboard): void {
  app.get('/', (_request, reply) =>
    sendPage(reply, { title: 'Overview', body: <OverviewPage {...dashboard} /> }),
  );
}

function OverviewPage({ engine }: Dashboard) {
  const { store, platform, clock } = engine;
  const sellers = [...store.all('account', '')].filter((record) => !record.platform);
  const active = sellers.filter((record) => engine.accounts.canReceive(record)).length;
  const open = store.by('checkout_session', platform, 'status', 'open').length;
  const undelivered = ['pending', 'failed'].flatMap((status) => store.by('delivery', '', 'status', status));
  const payments = paymentsOf(engine, { limit: 8 }).rows;
  return (
    <Frame current="/" heading="Overview" lead="What this emulated Stripe knows about your platform.">
      <section class="stack" aria-label="Platform balance">
        <h2>Your balance</h2>
        <Balances engine={engine} account={platform} />
      </section>
      <div class="grid">
        <Stat label="Sellers" value={sellers.length} hint={`${active} can be paid`} />
        <Stat label="Open checkout sessions" value={open} hint="Can be paid now" />
        <Stat
          label="Undelivered events"
          value={undelivered.length}
          hint={<a href="/dashboard/deliveries">See deliveries</a>}
        />
        <Stat
          label="Clock"
          value={<When at={clock.now()} day />}
          hint={clock.frozen ? 'Stopped' : 'Running'}
        />
      </div>
      <Card title="Latest payments" flush action={<a href="/dashboard/payments">All payments</a>}>
        <PaymentsTable engine={engine} payments={payments} />
      </Card>
      <Card title="Use it" subtitle="Point Stripe's SDK or command line here; any sk_test_ key will do.">
        <Facts
          items={[
            ['API', <span class="mono">{engine.baseUrl}</span>],
            ['Platform account', <span class="mono">{platform}</span>],
            ['Mode', engine.livemode ? 'Live keys, still without real money' : 'Test'],
          ]}
        />
      </Card>
    </Frame>
  );
}
