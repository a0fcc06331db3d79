import { control } from './index.js';

export const stateControls = [
  control('GET', '/health', {}, ({ engine }) => ({ status: 'ok', data: engine.dataDir })),
  control('GET', '/state', {}, ({ engine }) => ({
    platform: engine.platform,
    livemode: engine.livemode,
    now: engine.clock.iso(),
    frozen: engine.clock.frozen,
    accounts: [...engine.store.all('account', '')].map((record) => ({
      id: record.id,
      name: record.display_name,
      platform: record.platform,
      balances: engine.ledger
        .currencies(record.id)
        .map((currency) => ({ currency, ...engine.ledger.balance(record.id, currency) })),
      payouts: [...engine.store.all('payout', record.id)].length,
    })),
    open_sessions: engine.store.by('checkout_session', engine.platform, 'status', 'open').length,
  })),
  control('GET', '/balances', {}, ({ engine }) => ({
    accounts: Object.fromEntries(
      [...engine.store.all('account', '')].map(({ id }) => [id, engine.ledger.view(id)]),
    ),
  })),
];
