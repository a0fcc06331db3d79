/** Cards everywhere; a bank debit where the currency has one. */
const DEBITS: Record<string, string> = { usd: 'us_bank_account', eur: 'sepa_debit', gbp: 'bacs_debit' };

/** The kinds of payment methods that buyers are offered. @param currency null: every kind that can be kept for later */
export function offeredTypes(
  currency: string | null,
  allowed: string[] | undefined,
  excluded: string[] = [],
): string[] {
  const debits =
    currency === null ? Object.values(DEBITS) : [DEBITS[currency]].filter((type) => type !== undefined);
  return ['card', ...debits].filter((type) => (allowed?.includes(type) ?? true) && !excluded.includes(type));
}
