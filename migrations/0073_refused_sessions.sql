-- Stripe's code for why it would not open a payment page.
alter table payments.checkout_sessions add column refusal_code text;
