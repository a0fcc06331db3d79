export const libs: Record<string, readonly string[]>;
export const apps: Record<string, readonly string[]>;
export const readsEverySchema: readonly string[];
