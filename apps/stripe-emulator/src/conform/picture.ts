/** What is left of an answer when what differs from one account, day or run to the next is taken out: path → value. */
export type Picture = Map<string, string>;

/** Values that are somebody's own, not the API's. */
const OWN = new Set([
  'authorization_code',
  'country',
  'display_name',
  'exp_year',
  'fingerprint',
  'idempotency_key',
  'invoice_prefix',
  'ip_address',
  'message',
  'network_transaction_id',
  'number',
  'period',
  'receipt_number',
  'reference',
  'risk_level',
  'risk_score',
  'statement_descriptor',
  'url',
  'value',
]);

/** The emulator's ids and Stripe's differ, as do times; prefixes, amounts, statuses and codes must not. */
export function pictureOf(value: unknown): Picture {
  const picture: Picture = new Map();
  draw(picture, '', value);
  return picture;
}

function draw(picture: Picture, at: string, value: unknown): void {
  if (Array.isArray(value)) {
    picture.set(at, `list of ${value.length}`);
    value.forEach((one, index) => draw(picture, `${at}[${index}]`, one));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const here = at === '' ? key : `${at}.${key}`;
      if (OWN.has(key) && typeof inner !== 'object') picture.set(here, `<${typeof inner}>`);
      else draw(picture, here, inner);
    }
  } else picture.set(at, plain(value));
}

function plain(value: unknown): string {
  if (typeof value === 'number') return value > 1_000_000_000 ? '<time>' : String(value);
  if (typeof value !== 'string') return String(value);
  if (/^https?:/.test(value)) return '<url>';
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return '<time>';
  const [, prefix] = /^([a-z]+(?:_[a-z]+)*)_[A-Za-z0-9]{8,}/.exec(value) ?? [];
  if (prefix) return `<${prefix}_…>`;
  // Coupons have ids without a prefix.
  if (/^[A-Za-z0-9]{8}$/.test(value) && /\d|[a-z][A-Z]/.test(value)) return '<id>';
  return value.replaceAll(/\b([a-z]+(?:_[a-z]+)*)_[A-Za-z0-9]{14,}/g, '<$1_…>');
}

/** Where two pictures differ, in words; empty when they don't. */
export function differences(ours: Picture, theirs: Picture): string[] {
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return paths.flatMap((path) => {
    const [mine, other] = [ours.get(path), theirs.get(path)];
    if (mine === other) return [];
    if (mine === undefined) return [`${path}: only Stripe has it (${other})`];
    if (other === undefined) return [`${path}: only the emulator has it (${mine})`];
    return [`${path}: ${mine} here, ${other} at Stripe`];
  });
}
