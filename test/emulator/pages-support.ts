import type { Answer } from '../support/browser-like.js';

export const locationOf = (answer: Answer) => answer.headers.get('location') ?? '';

/** What the form of a page holds in a field. */
export function valueOf(page: Answer, name: string): string | undefined {
  const input = new RegExp(`<input[^>]*name="${name}"[^>]*`).exec(page.text)?.[0];
  return input && (/value="([^"]*)"/.exec(input)?.[1] ?? '');
}
