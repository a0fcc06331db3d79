import { invalid } from '../engine/errors.js';

/** Plain values as a form or JSON carries them. */
export type Raw = string | number | boolean | null | Raw[] | { [key: string]: Raw };

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** More than any call of Stripe's takes. What goes beyond would end the stack, or keep all others waiting. */
const DEEPEST = 32;
const MOST = 5000;

/** `a[b][0]=c`, `a[]=b` and `a=b` as one nested object; every leaf is a string. @throws Refusal for too much of it */
export function parseForm(text: string): Record<string, Raw> {
  const root: Record<string, Raw> = {};
  const pairs = new URLSearchParams(text);
  if (pairs.size > MOST) throw invalid(`A request can have at most ${MOST} parameters.`);
  for (const [key, value] of pairs) {
    const path = [...key.matchAll(/([^[\]]+)|\[\]/g)].map((match) => match[1] ?? '');
    if (path.length > DEEPEST) throw tooDeep();
    if (path.some((part) => FORBIDDEN.has(part))) continue;
    place(root, path, value);
  }
  return toArrays(root) as Record<string, Raw>;
}

/** A body in JSON is one object. @throws Refusal for anything else */
export function parseJson(text: string): Record<string, Raw> {
  let body: Raw;
  try {
    body = JSON.parse(text) as Raw;
  } catch {
    throw invalid('Invalid JSON in the request body.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('The JSON in the request body must be an object.');
  if (isDeeper(body, DEEPEST)) throw tooDeep();
  return body;
}

function isDeeper(value: Raw, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function tooDeep() {
  return invalid(`Parameters can be nested at most ${DEEPEST} levels deep.`);
}

function place(root: Record<string, Raw>, path: string[], value: string): void {
  let node = root;
  path.forEach((part, depth) => {
    const name = part === '' ? String(Object.keys(node).length) : part;
    if (depth === path.length - 1) node[name] = value;
    else {
      const next = node[name];
      if (typeof next !== 'object' || next === null) node[name] = {};
      node = node[name] as Record<string, Raw>;
    }
  });
}

/** Objects whose keys are 0, 1, 2… are arrays. */
function toArrays(node: Raw): Raw {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const keys = Object.keys(node);
  const values = keys.map((key) => toArrays(node[key]!));
  const isArray = keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
  return isArray ? values : Object.fromEntries(keys.map((key, index) => [key, values[index]!]));
}
