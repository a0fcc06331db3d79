import type Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';

type Components = Stripe.AccountSession.Components;

const USER = 'disable_stripe_user_authentication';
const BANK = 'external_account_collection';
const PAYOUTS = [USER, 'edit_payout_schedule', BANK, 'instant_payouts', 'standard_payouts'];
const DISPUTES = [
  'destination_on_behalf_of_charge_management',
  'dispute_management',
  'refund_management',
  'smart_disputes_management',
];
const CARDS = ['card_management', 'card_spend_dispute_management', 'spend_control_management'];

/** Every component that can be embedded, with the features that it has. */
const FEATURES: Record<keyof Components, string[]> = {
  account_management: [USER, BANK],
  account_onboarding: [USER, BANK],
  balance_report: [],
  balances: PAYOUTS,
  disputes_list: ['capture_payments', ...DISPUTES],
  documents: [],
  financial_account: [USER, BANK, 'send_money', 'transfer_balance'],
  financial_account_transactions: ['card_spend_dispute_management'],
  instant_payouts_promotion: [USER, BANK, 'instant_payouts'],
  issuing_card: [...CARDS, 'cardholder_management'],
  issuing_cards_list: [...CARDS, 'cardholder_management', USER],
  notification_banner: [USER, BANK],
  payment_details: ['capture_payments', ...DISPUTES],
  payment_disputes: DISPUTES,
  payment_method_settings: [USER],
  payments: ['capture_payments', ...DISPUTES],
  payout_details: [],
  payout_reconciliation_report: [],
  payouts: PAYOUTS,
  payouts_list: [],
  reporting_chart: [],
  tax_registrations: [],
  tax_settings: [],
  terminal_hardware_orders: [],
  terminal_hardware_shop: [],
};

export const COMPONENTS = Object.keys(FEATURES);

type Asked = Record<string, { enabled: boolean; features?: Record<string, boolean> } | undefined>;

/** What a platform's page needs to embed Connect's components. The components themselves are Stripe's and not here. */
export function createAccountSession(
  engine: Engine,
  { account, components }: Stripe.AccountSessionCreateParams,
): Stripe.AccountSession {
  const { id } = engine.accounts.reach(account);
  const asked = components as Asked;
  const shown = Object.entries(FEATURES).map(([name, features]) => [
    name,
    {
      enabled: asked[name]?.enabled ?? false,
      features: Object.fromEntries(
        features.map((feature) => [feature, asked[name]?.features?.[feature] ?? false]),
      ),
    },
  ]);
  return {
    object: 'account_session',
    account: id,
    client_secret: `accs_secret__${engine.ids.next('accs').slice(5)}`,
    components: Object.fromEntries(shown) as Components,
    expires_at: engine.clock.seconds() + DAY / SECOND,
    livemode: engine.livemode,
  };
}
