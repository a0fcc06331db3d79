import { invalid } from '../engine/errors.js';

type Row = Record<string, unknown>;

/** https://docs.stripe.com/search: `field:'value'`, `field~'part'`, `field>1`, `-field:…`, `metadata['key']:'value'`. */
const CLAUSE =
  /^\s*(?<not>-)?(?<field>[a-z_.]+)(?:\[(?<quote>['"])(?<key>.*?)\k<quote>\])?(?<sign>>=|<=|[:~<>])(?:(?<mark>['"])(?<text>(?:\\.|(?!\k<mark>)[^\\])*)\k<mark>|(?<bare>[^\s'"]+))/;

/** What a query asks of an object. @throws Refusal where Stripe's query language says otherwise */
export function readQuery(query: string, fields: readonly string[]): (row: object) => boolean {
  const tests: ((row: Row) => boolean)[] = [];
  const words = new Set<string>();
  let rest = query;
  for (;;) {
    const found = CLAUSE.exec(rest);
    if (!found) throw unreadable(query);
    tests.push(testOf(found.groups as Record<string, string | undefined>, fields));
    rest = rest.slice(found[0].length);
    if (rest.trim() === '') break;
    const [joint, word] = /^\s+(and|or)(?=\s)/i.exec(rest) ?? [];
    if (!joint) throw unreadable(query);
    words.add(word!.toLowerCase());
    rest = rest.slice(joint.length);
  }
  if (words.size > 1)
    throw invalid('You can’t combine AND and OR in the same search query.', { param: 'query' });
  const any = words.has('or');
  return (row) => (any ? tests.some((test) => test(row as Row)) : tests.every((test) => test(row as Row)));
}

function testOf(part: Record<string, string | undefined>, fields: readonly string[]): (row: Row) => boolean {
  const { not, field = '', key, sign = ':', text, bare } = part;
  if (!fields.includes(field) || (field === 'metadata') !== (key !== undefined)) {
    throw invalid(`Field \`${field}\` is an unsupported search field for this resource.`, { param: 'query' });
  }
  const wanted = (text ?? bare!).replaceAll(/\\(.)/g, '$1');
  if (sign === '~' && wanted.length < 3)
    throw invalid('A substring to search for has three characters or more.', { param: 'query' });
  const fits = (value: unknown): boolean => {
    if (text === undefined && wanted === 'null') return value === undefined || value === null;
    if (value === undefined || value === null) return false;
    return compare(value, sign, wanted);
  };
  const valueOf = (row: Row) =>
    field.split('.').reduce<unknown>((node, name) => (node as Row | null | undefined)?.[name], row);
  return (row) => fits(key === undefined ? valueOf(row) : (row['metadata'] as Row)[key]) !== Boolean(not);
}

function compare(value: unknown, sign: string, wanted: string): boolean {
  const [one, other] = [String(value).toLowerCase(), wanted.toLowerCase()];
  switch (sign) {
    case ':':
      return one === other;
    case '~':
      return one.includes(other);
    case '>':
      return Number(value) > Number(wanted);
    case '>=':
      return Number(value) >= Number(wanted);
    case '<':
      return Number(value) < Number(wanted);
    default:
      return Number(value) <= Number(wanted);
  }
}

function unreadable(query: string) {
  return invalid(`We were unable to parse your search query: ${query}`, { param: 'query' });
}
