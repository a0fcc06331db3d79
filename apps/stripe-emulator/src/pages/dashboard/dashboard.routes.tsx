export function serveDashboard(..._: unknown[]): void {}
