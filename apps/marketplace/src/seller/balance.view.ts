import { toSafeNumber } from '#kernel';
import type { SellerBalance } from '#payouts';

/** A seller's balance as the API tells it: amounts as {amount, currency}, days as ISO dates. */
export type BalanceBody = Omit<SellerBalance, 'schedule'> & {
  readonly schedule: {
    readonly interval: string;
    readonly weeklyDays: readonly string[];
    readonly monthlyDays: readonly number[];
    readonly delayDays: number;
    /** Minor units by currency. */
    readonly minimums: Readonly<Record<string, number>>;
  } | null;
};

export function balanceView({ schedule, ...balance }: SellerBalance): BalanceBody {
  if (!schedule) return { ...balance, schedule };
  const minimums = Object.fromEntries(
    Object.entries(schedule.minimums).map(([currency, amount]) => [currency, toSafeNumber(amount)]),
  );
  return { ...balance, schedule: { ...schedule, minimums } };
}
