-- Reports read every schema and own nothing but the indexes that only they need.
create index purchases_by_email on orders.purchases (lower(email), id);
