import type { Answer } from '../support/browser-like.js';

export const locationOf = (answer: Answer) => answer.headers.get('location') ?? '';

/** What the form of a page holds in a field. */
export function valueOf(page: Answer, name: string): string | undefined {
  const input = new RegExp(`<input[^>]*name="${name}"[^>]*`).exec(page.text)?.[0];
  return input && (/value="([^"]*)"/.exec(input)?.[1] ?? '');
}

/** What a page says is wrong with a field, beside it. */
export const problemOf = (page: Answer, name: string): string | undefined =>
  new RegExp(`id="field-${name}-error">(?:<svg.*?</svg>)?([^<]*)`).exec(page.text)?.[1];

/** The field that a page begins at. */
export const focusOf = (page: Answer): string | undefined =>
  /<(?:input|select)[^>]*\bautofocus\b[^>]*/.exec(page.text)?.[0].match(/name="([^"]*)"/)?.[1];

/** What is chosen in a list of a page. */
export function chosenIn(page: Answer, name: string): string | undefined {
  const list = new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`, 's').exec(page.text)?.[1] ?? '';
  return /<option[^>]*\bselected\b[^>]*/.exec(list)?.[0].match(/value="([^"]*)"/)?.[1];
}
