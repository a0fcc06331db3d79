/** Who acts. Services take one and check ownership themselves; the audit log writes it down. */
export type Actor =
  | { readonly kind: 'guest' }
  | { readonly kind: 'user'; readonly userId: string; readonly isAdmin: boolean }
  | { readonly kind: 'stripe' }
  | { readonly kind: 'system'; readonly job: string };

export const guest: Actor = { kind: 'guest' };

export function systemActor(job: string): Actor {
  return { kind: 'system', job };
}

/** "user usr_…", "stripe", "system sweep-payments": what logs and the audit trail show. */
export function actorLabel(actor: Actor): string {
  if (actor.kind === 'user') return `user ${actor.userId}`;
  if (actor.kind === 'system') return `system ${actor.job}`;
  return actor.kind;
}
