import { assertDocumented } from '../support/documented.js';
import { World } from '../support/world.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
  operationId: string;
  security?: object[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, object>; required?: string[] }> };
}

describe('the API’s documentation', () => {
  let world: World;
  let document: Document;
  beforeAll(async () => {
    world = await World.start();
    document = (await world.visitor().api<Document>('GET', '/api/v1/openapi.json')).body;
  });
  afterAll(() => world.stop());

  it('holds the API and nothing else', () => {
    expect(document.openapi).toMatch(/^3\./);
    const paths = Object.keys(document.paths);
    expect(paths.every((path) => path.startsWith('/api/v1/'))).toBe(true);
    for (const path of [
      '/api/v1/checkout',
      '/api/v1/admin/fee-rules',
      '/api/v1/sellers/{sellerId}/orders/{orderId}/refunds',
    ])
      expect(paths).toContain(path);
  });

  it('says of every body what the validators want', () => {
    const bodies = Object.values(document.paths)
      .flatMap((item) => Object.values(item))
      .flatMap(({ requestBody }) => requestBody?.content['application/json']?.schema.$ref ?? []);
    expect(bodies.length).toBeGreaterThan(10);
    for (const ref of bodies)
      expect([
        ref,
        Object.keys(document.components.schemas[ref.split('/').at(-1)!]?.properties ?? {}),
      ]).not.toEqual([ref, []]);
    expect(document.components.schemas['RefundBody']).toMatchObject({
      required: ['reason'],
      properties: { reason: { type: 'string', minLength: 3, maxLength: 500 } },
    });
  });

  it('says of every route what it answers, and every test that calls one compares the answer with it', async () => {
    const answers = Object.values(document.paths)
      .flatMap((item) => Object.values(item))
      .map(
        ({ operationId, responses }) =>
          [operationId, Object.entries(responses).find(([status]) => status.startsWith('2'))] as const,
      );
    expect(answers.filter(([, answer]) => !answer)).toEqual([]);
    const silent = answers.filter(([, answer]) => !answer![1].content).map(([id]) => id);
    expect(silent.length).toBeLessThan(answers.length / 5);
    expect(document.components.schemas['OrderView']?.required).toEqual(
      expect.arrayContaining(['id', 'status', 'split', 'lines']),
    );
    const cart = { method: 'GET', path: '/api/v1/cart', status: 200 };
    const { body } = await world.visitor().api<object>('GET', cart.path);
    const check = (answer: object) => assertDocumented(world.url, { ...cart, body: answer });
    await expect(check({ ...body, secret: 1 })).rejects.toThrow('must NOT have additional properties');
    await expect(check({ ...body, items: 'none' })).rejects.toThrow('not answer what is documented');
  });

  it('refers to nothing that is not there', () => {
    const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(names.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('names filters, cursors, and the key of what creates', () => {
    const parameters = (path: string, method: string) =>
      document.paths[path]![method]!.parameters!.map(({ name, in: where }) => `${where} ${name}`);
    expect(parameters('/api/v1/admin/orders', 'get')).toEqual(
      expect.arrayContaining(['query status', 'query search', 'query cursor']),
    );
    expect(parameters('/api/v1/checkout', 'post')).toContain('header Idempotency-Key');
  });

  it('is readable as a page, and every error code has its place', async () => {
    const visitor = world.visitor();
    const page = await visitor.open('/api/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('/api/v1/admin/refunds/{refundId}/attribute');
    expect(page.text.includes('<code>items[].price</code>')).toBe(true);
    expect(page.text.length).toBeLessThan(500_000);
    expect((await visitor.open('/docs/errors')).text).toContain('id="order_already_refunded"');
  });
});
