-- Of a payment that Stripe converts, each of its objects has a currency of its own: the charge that of the order, the transfer
-- what the charge settled in, the application fee often that of the seller's balance.
alter table payments.charges
  add column transferred_amount bigint,
  add column transferred_currency text,
  add column fee_amount bigint,
  add column fee_currency text,
  add check ((transferred_amount is null) = (transferred_currency is null)),
  add check ((fee_amount is null) = (fee_currency is null));
-- What was known before was in the charge's currency wherever the charge was not converted.
update payments.charges set
  transferred_amount = case when transfer_id is not null then presentment_amount end,
  transferred_currency = case when transfer_id is not null then presentment_currency end,
  fee_amount = case when application_fee_id is not null then application_fee_amount end,
  fee_currency = case when application_fee_id is not null then presentment_currency end
where settlement_currency is not distinct from presentment_currency;

-- Null: the currency of the refund itself.
alter table refunds.refunds
  add column fee_currency text check (fee_currency ~ '^[a-z]{3}$'),
  add column reversal_currency text check (reversal_currency ~ '^[a-z]{3}$'),
  drop constraint refunds_check,
  drop constraint refunds_check1,
  add constraint refunds_parts check (
    fee_amount >= 0 and reversal_amount >= 0
    and (coalesce(fee_currency, currency) <> currency or fee_amount <= amount)
    and (coalesce(reversal_currency, currency) <> currency or reversal_amount <= amount));
