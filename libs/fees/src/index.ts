export { applicationFee, type FeeRule, type NewFeeRule } from './fee.rules.js';
export { FeesModule } from './fees.module.js';
export { Fees, type FeeRuleView } from './fees.service.js';
