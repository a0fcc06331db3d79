export { type Forecast, type Hold, type Schedule, scheduleWords } from './forecast.rules.js';
export type { PayoutStatus } from './payout.states.js';
export { payoutStatusWord } from './payout.words.js';
export {
  type PayoutFilter,
  type PayoutLineView,
  Payouts,
  type PayoutStory,
  type PayoutTotals,
  type PayoutView,
} from './payouts.js';
export { PayoutFailed } from './payouts.events.js';
export { PayoutsModule } from './payouts.module.js';
export { type CurrencyBalance, type SellerBalance, SellerBalances } from './seller-balance.js';
