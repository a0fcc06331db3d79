/**
 * Fields that `expand[]` takes, by object: those that the SDK declares as an id or the object that it names. Fields of plain hashes
 * are named by their path from the object; a list stands for its members.
 */
const FIELDS: Record<string, string> = {
  account:
    'company.verification.document.back company.verification.document.front settings.branding.icon ' +
    'settings.branding.logo settings.invoices.default_account_tax_ids',
  application_fee: 'account application balance_transaction charge originating_transaction',
  balance_transaction: 'source',
  bank_account: 'account customer',
  'billing_portal.configuration':
    'application features.subscription_cancel.cancellation_reason.feedback_options',
  'billing_portal.session': 'configuration',
  capability: 'account',
  card: 'account customer',
  charge:
    'application application_fee balance_transaction customer failure_balance_transaction ' +
    'on_behalf_of payment_intent payment_method_details.bancontact.generated_sepa_debit ' +
    'payment_method_details.bancontact.generated_sepa_debit_mandate ' +
    'payment_method_details.card.mandate payment_method_details.ideal.generated_sepa_debit ' +
    'payment_method_details.ideal.generated_sepa_debit_mandate ' +
    'payment_method_details.sofort.generated_sepa_debit ' +
    'payment_method_details.sofort.generated_sepa_debit_mandate ' +
    'payment_method_details.us_bank_account.mandate review source_transfer transfer ' +
    'transfer_data.destination',
  'checkout.session':
    'automatic_tax.liability.account customer discounts.coupon discounts.promotion_code invoice ' +
    'invoice_creation.invoice_data.account_tax_ids invoice_creation.invoice_data.issuer.account ' +
    'payment_intent payment_link setup_intent shipping_cost.shipping_rate ' +
    'shipping_options.shipping_rate subscription',
  credit_note:
    'customer customer_balance_transaction discount_amounts.discount invoice ' +
    'pretax_credit_amounts.credit_balance_transaction pretax_credit_amounts.discount refunds.refund ' +
    'shipping_cost.shipping_rate',
  credit_note_line_item:
    'discount_amounts.discount pretax_credit_amounts.credit_balance_transaction ' +
    'pretax_credit_amounts.discount',
  customer: 'default_source invoice_settings.default_payment_method test_clock',
  customer_balance_transaction: 'checkout_session credit_note customer invoice',
  customer_cash_balance_transaction:
    'adjusted_for_overdraft.balance_transaction adjusted_for_overdraft.linked_transaction ' +
    'applied_to_payment.payment_intent customer refunded_from_payment.refund ' +
    'transferred_to_balance.balance_transaction unapplied_from_payment.payment_intent',
  discount: 'customer promotion_code source.coupon',
  dispute:
    'charge evidence.cancellation_policy evidence.customer_communication evidence.customer_signature ' +
    'evidence.duplicate_charge_documentation evidence.receipt evidence.refund_policy ' +
    'evidence.service_documentation evidence.shipping_documentation evidence.uncategorized_file ' +
    'payment_intent',
  fee_refund: 'balance_transaction fee',
  file_link: 'file',
  invoice:
    'account_tax_ids application automatic_tax.liability.account customer default_payment_method ' +
    'default_source discounts from_invoice.invoice issuer.account latest_revision on_behalf_of ' +
    'parent.subscription_details.subscription shipping_cost.shipping_rate test_clock ' +
    'total_discount_amounts.discount total_pretax_credit_amounts.credit_balance_transaction ' +
    'total_pretax_credit_amounts.discount',
  invoice_payment: 'invoice payment.charge payment.payment_intent payment.payment_record',
  invoiceitem:
    'customer discounts invoice pricing.price_details.price ' +
    'proration_details.discount_amounts.discount test_clock',
  line_item:
    'discount_amounts.discount discounts pretax_credit_amounts.credit_balance_transaction ' +
    'pretax_credit_amounts.discount pricing.price_details.price subscription',
  mandate: 'payment_method',
  payment_intent:
    'application customer latest_charge on_behalf_of payment_method payment_record review source ' +
    'transfer_data.destination',
  payment_link:
    'application automatic_tax.liability.account invoice_creation.invoice_data.account_tax_ids ' +
    'invoice_creation.invoice_data.issuer.account on_behalf_of shipping_options.shipping_rate ' +
    'subscription_data.invoice_settings.account_tax_ids ' +
    'subscription_data.invoice_settings.issuer.account transfer_data.destination',
  payment_method:
    'card.generated_from.setup_attempt customer sepa_debit.generated_from.charge ' +
    'sepa_debit.generated_from.setup_attempt',
  payout:
    'application_fee balance_transaction destination failure_balance_transaction original_payout ' +
    'reversed_by',
  person:
    'verification.additional_document.back verification.additional_document.front ' +
    'verification.document.back verification.document.front',
  plan: 'product',
  price: 'product',
  product: 'default_price tax_code',
  promotion_code: 'customer promotion.coupon',
  quote:
    'application automatic_tax.liability.account customer default_tax_rates discounts ' +
    'from_quote.quote invoice invoice_settings.issuer.account on_behalf_of subscription ' +
    'subscription_schedule test_clock transfer_data.destination',
  'radar.early_fraud_warning': 'charge payment_intent',
  refund:
    'balance_transaction charge customer failure_balance_transaction payment_intent payment_method ' +
    'source_transfer_reversal transfer_reversal',
  setup_attempt:
    'application customer on_behalf_of payment_method ' +
    'payment_method_details.bancontact.generated_sepa_debit ' +
    'payment_method_details.bancontact.generated_sepa_debit_mandate ' +
    'payment_method_details.card_present.generated_card ' +
    'payment_method_details.ideal.generated_sepa_debit ' +
    'payment_method_details.ideal.generated_sepa_debit_mandate ' +
    'payment_method_details.sofort.generated_sepa_debit ' +
    'payment_method_details.sofort.generated_sepa_debit_mandate setup_intent',
  setup_intent: 'application customer latest_attempt mandate on_behalf_of payment_method single_use_mandate',
  shipping_rate: 'tax_code',
  subscription:
    'application automatic_tax.liability.account billing_schedules.applies_to.price ' +
    'cancellation_details.feedback_option customer default_payment_method default_source discounts ' +
    'invoice_settings.account_tax_ids invoice_settings.issuer.account latest_invoice on_behalf_of ' +
    'pending_setup_intent pending_update.discounts schedule test_clock transfer_data.destination',
  subscription_item: 'discounts',
  subscription_schedule:
    'application customer default_settings.automatic_tax.liability.account ' +
    'default_settings.default_payment_method default_settings.invoice_settings.account_tax_ids ' +
    'default_settings.invoice_settings.issuer.account default_settings.on_behalf_of ' +
    'default_settings.transfer_data.destination phases.add_invoice_items.discounts.coupon ' +
    'phases.add_invoice_items.discounts.discount phases.add_invoice_items.discounts.promotion_code ' +
    'phases.add_invoice_items.price phases.automatic_tax.liability.account ' +
    'phases.default_payment_method phases.discounts.coupon phases.discounts.discount ' +
    'phases.discounts.promotion_code phases.invoice_settings.account_tax_ids ' +
    'phases.invoice_settings.issuer.account phases.items.discounts.coupon ' +
    'phases.items.discounts.discount phases.items.discounts.promotion_code phases.items.plan ' +
    'phases.items.price phases.on_behalf_of phases.transfer_data.destination subscription test_clock',
  topup: 'balance_transaction payment_method',
  transfer: 'balance_transaction destination destination_payment source_transaction',
  transfer_reversal: 'balance_transaction destination_payment_refund source_refund transfer',
};

export const EXPANDABLE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(FIELDS).map(([tag, names]) => [tag, new Set(names.split(' '))]),
);
