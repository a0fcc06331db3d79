/**
 * Who may import whom: what stands left may import what stands right, through its index.ts (`#name`) only.
 * The lint rule guildhall/module-map reads this table; docs/ARCHITECTURE.md says why it looks like this.
 */
const nouns = {
  files: [],
  audit: [],
  ledger: [],
  identity: ['audit'],
  fees: ['audit'],
  books: ['ledger'],
  sellers: ['identity', 'audit'],
  catalog: ['sellers', 'files'],
  orders: ['catalog', 'fees', 'sellers'],
  debts: ['sellers', 'books', 'audit'],
  transfers: ['orders', 'sellers', 'debts', 'books'],
  payments: ['orders', 'transfers', 'debts', 'sellers', 'identity', 'books', 'audit'],
  subscriptions: ['payments', 'orders', 'catalog', 'sellers', 'fees', 'books'],
  refunds: ['payments', 'transfers', 'orders', 'debts', 'books', 'audit'],
  disputes: ['payments', 'transfers', 'orders', 'debts', 'books', 'files', 'audit'],
  payouts: ['orders', 'sellers', 'debts', 'books', 'audit'],
  checkout: ['catalog', 'orders', 'sellers', 'payments', 'audit'],
  reconciliation: ['books', 'ledger', 'audit'],
  reports: [],
};
const base = ['kernel', 'platform', 'stripe'];
const withBase = Object.entries(nouns).map(([name, row]) => [name, [...base, ...row]]);

/** Lib → the libs it may import. */
export const libs = {
  kernel: [],
  platform: ['kernel'],
  stripe: ['kernel', 'platform'],
  ...Object.fromEntries(withBase),
  notifications: [...base, ...Object.keys(nouns)],
};

/** App → the libs it may import. The emulator shares none, since it must not share a mistake with what it tests. */
export const apps = {
  marketplace: Object.keys(libs),
  worker: Object.keys(libs),
  'stripe-emulator': [],
};

/** The libs whose SQL may name the schemas of others; they only read. */
export const readsEverySchema = ['reports'];
