/** Plain values as a form or JSON carries them. */
export type Raw = string | number | boolean | null | Raw[] | { [key: string]: Raw };

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** `a[b][0]=c`, `a[]=b` and `a=b` as one nested object; every leaf is a string. */
export function parseForm(text: string): Record<string, Raw> {
  const root: Record<string, Raw> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [...key.matchAll(/([^[\]]+)|\[\]/g)].map((match) => match[1] ?? '');
    if (path.some((part) => FORBIDDEN.has(part))) continue;
    place(root, path, value);
  }
  return toArrays(root) as Record<string, Raw>;
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
