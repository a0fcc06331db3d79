type Fields = Record<string, unknown>;

/** What an event calls `previous_attributes`: of nested objects what changed in them alone, of lists the whole. */
export function earlier(before: object, after: object): Fields {
  const [was, is] = [before as Fields, after as Fields];
  const changes: Fields = {};
  for (const [name, old] of Object.entries(was)) {
    const now = is[name];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    changes[name] = isObject(old) && isObject(now) ? { ...added(old, now), ...earlier(old, now) } : old;
  }
  return changes;
}

/** What was not there is told as null, as a new key of the metadata is. */
function added(was: Fields, is: Fields): Fields {
  return Object.fromEntries(
    Object.keys(is)
      .filter((name) => !Object.hasOwn(was, name))
      .map((name) => [name, null]),
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
