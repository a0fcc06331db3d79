import { createHash } from 'node:crypto';
import { type CartKey, type Carts, type CartView, type Change, changeWords } from '#checkout';

/** Names exactly these changes, so that accepting them accepts no other that came after the page was drawn. */
export function changesKey(changes: readonly Change[]): string {
  return createHash('sha256').update(changes.map(changeWords).join('\n')).digest('base64url');
}

/** Brings the cart in line with what its buyer has read: setting a quantity notes the price of now as seen. */
export async function acceptChanges(carts: Carts, key: CartKey, cart: CartView): Promise<void> {
  const quantities = new Map(
    cart.groups.flatMap((group) => group.lines.map((line) => [line.variantId, line.quantity] as const)),
  );
  const changed = new Set(
    cart.changes.flatMap((change) => ('variantId' in change ? [change.variantId] : [])),
  );
  for (const variantId of changed) await carts.setQuantity(key, variantId, quantities.get(variantId) ?? 0);
}
