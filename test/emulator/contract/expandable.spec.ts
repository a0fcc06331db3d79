import { EXPANDABLE } from '../../../apps/stripe-emulator/src/http/expandable.js';
import { Bench } from '../support.js';
import { sdkSchema, type Schema } from './sdk-schema.js';

describe('what can be expanded', () => {
  it('is what the SDK declares as an id or the object that it names', async () => {
    const schema = await sdkSchema();
    expect(EXPANDABLE.size).toBeGreaterThan(40);
    for (const [tag, names] of EXPANDABLE) {
      const declared = namesOf(schema, schema.roots[tag]!, '', new Set());
      expect({ tag, names: [...names].sort() }).toEqual({ tag, names: [...new Set(declared)].sort() });
    }
  });

  it('are ids alone, wherever they are: no text that looks like one, no hash, not the id of the object itself', async () => {
    const bench = await Bench.start();
    const { customers, charges, paymentIntents } = bench.stripe;
    const customer = await customers.create({ address: { city: 'Berlin' } });
    const charge = await bench.sale({ params: { customer: customer.id } });
    await customers.update(customer.id, { metadata: { charge: charge.id } });
    for (const path of ['id', 'metadata.charge', 'address', 'address.city'])
      await expect(customers.retrieve(customer.id, { expand: [path] })).rejects.toMatchObject({
        statusCode: 400,
        message: `This property cannot be expanded (${path}).`,
      });
    await expect(charges.retrieve(charge.id, { expand: ['payment_method'] })).rejects.toThrow(
      'cannot be expanded (payment_method)',
    );
    const { data } = await paymentIntents.list({ expand: ['data.latest_charge.balance_transaction'] });
    expect(data[0]!.latest_charge).toMatchObject({
      id: charge.id,
      balance_transaction: { object: 'balance_transaction' },
    });
    await bench.stop();
  });

  it('are lists of ids, too', async () => {
    const bench = await Bench.start();
    const { coupons, customers, invoices, invoiceItems } = bench.stripe;
    const coupon = await coupons.create({ percent_off: 10, duration: 'once' });
    const { id: customer } = await customers.create({});
    const draft = await invoices.create({ customer, discounts: [{ coupon: coupon.id }] });
    await invoiceItems.create({ customer, invoice: draft.id!, amount: 1000, currency: 'usd' });
    const { discounts } = await invoices.retrieve(draft.id!, { expand: ['discounts'] });
    expect(discounts).toMatchObject([{ object: 'discount', source: { coupon: coupon.id } }]);
    await bench.stop();
  });
});

/** The fields of a type, and of the hashes in it, that are text or an object. */
function namesOf(schema: Schema, type: number, path: string, seen: Set<number>): string[] {
  return members(schema, type).flatMap((at) => {
    const node = schema.nodes[at]!;
    if (node.is !== 'object' || seen.has(at) || (path !== '' && isTagged(schema, at))) return [];
    seen.add(at);
    return Object.entries(node.fields).flatMap(([name, [field]]) => {
      const here = path === '' ? name : `${path}.${name}`;
      const kinds = members(schema, field);
      const isText = kinds.some((kind) => schema.nodes[kind]!.is === 'text');
      const isId = isText && kinds.some((kind) => isTagged(schema, kind));
      return [...(isId ? [here] : []), ...namesOf(schema, field, here, seen)];
    });
  });
}

/** A union's types, and those of a list's members. */
function members(schema: Schema, at: number): number[] {
  const node = schema.nodes[at]!;
  if (node.is === 'union') return node.of.flatMap((one) => members(schema, one));
  return node.is === 'list' ? members(schema, node.of) : [at];
}

function isTagged(schema: Schema, at: number): boolean {
  const node = schema.nodes[at]!;
  return node.is === 'object' && Object.hasOwn(node.fields, 'object');
}
