import { lists, notLists } from '../../bench/support/list-plan.js';
import { type Route, routesOf, routeTable } from '../support/routes.js';
import { Cast, type Who } from './cast.js';

/** What Fastify answers outside of Nest's controllers: Stripe's doors, whose guard is a signature, and files. */
const BESIDES = /^(POST \/webhooks\/|GET \/assets\/|GET \/files\/|GET \/docs\b)/;

describe('who may call what', () => {
  let cast: Cast;
  let routes: Route[];

  beforeAll(async () => {
    cast = await Cast.assemble();
    routes = routesOf(cast.world);
  }, 120_000);
  afterAll(() => cast?.world.stop());

  /** Without any field: who may is told so, who may not is told that. */
  const call = (who: Who, route: Route, objects: Readonly<Record<string, string>>) => {
    const { method, path } = route;
    const address = Cast.address(route, objects);
    if (method === 'GET') return cast.send(who, method, address);
    const api = path.startsWith('/api/');
    const type = api ? 'application/json' : 'application/x-www-form-urlencoded';
    return cast.send(who, method, address, api ? '{}' : '', { 'content-type': type });
  };

  it('every route of the running program is one that says who may call it', () => {
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    const table = routeTable(cast.world);
    expect(table.length).toBeGreaterThan(100);
    expect(table.filter((route) => !known.has(route) && !BESIDES.test(route))).toEqual([]);
    expect([...known].filter((route) => !table.includes(route))).toEqual([]);
    expect(new Set(routes.map(({ access }) => access))).not.toContain(undefined);
  });

  it('every list is one that the benchmark of lists measures', () => {
    const table = routeTable(cast.world).flatMap((route) => /^GET (.*)/.exec(route)?.[1] ?? []);
    const measured = Object.keys(lists);
    const other = (path: string) => notLists.some(([pattern]) => pattern.test(path));
    expect(table.filter((path) => !measured.includes(path) && !other(path))).toEqual([]);
    expect(measured.filter((path) => !table.includes(path))).toEqual([]);
  });

  it('who may not is refused before anything is written', async () => {
    const before = await cast.everything();
    const wrong: string[] = [];
    const expectStatus = async (who: Who, route: Route, allowed: readonly number[]) => {
      const { status, line } = await call(who, route, cast.mine);
      if (!allowed.includes(status)) wrong.push(`${line} answered ${status}, not ${allowed.join(' or ')}`);
    };
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      await expectStatus('nobody', route, [401]);
      if (route.access === 'admin')
        for (const who of ['buyer', 'other seller', 'seller'] as const) await expectStatus(who, route, [403]);
      if (route.access === 'seller')
        for (const who of ['buyer', 'other seller', 'admin'] as const) await expectStatus(who, route, [404]);
    }
    expect(wrong).toEqual([]);
    expect(await cast.everything()).toBe(before);
  }, 120_000);

  it('a seller reaches nothing of another seller through the own desk', async () => {
    const before = await cast.everything();
    const wrong: string[] = [];
    const foreign = { ...cast.mine, sellerId: cast.others['sellerId']! };
    for (const route of routes.filter(
      ({ access, path }) => access === 'seller' && /:(?!sellerId)\w+/.test(path),
    )) {
      const { status, line } = await call('other seller', route, foreign);
      // A form without its fields may be refused for that first.
      const refused = route.method === 'GET' ? [403, 404] : [403, 404, 409, 415, 422];
      if (!refused.includes(status)) wrong.push(`${line} answered ${status}`);
    }
    expect(wrong).toEqual([]);
    expect(await cast.everything()).toBe(before);
  }, 120_000);

  it('a purchase opens for its buyer alone', async () => {
    for (const who of ['nobody', 'buyer', 'other seller', 'seller'] as const)
      for (const route of routes.filter(({ path }) => path.includes(':purchaseId')))
        expect([401, 404, 422]).toContain((await call(who, route, cast.mine)).status);
  });

  it('who may is let in, and nothing breaks', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      for (const who of Cast.allowed[route.access]) {
        const { status, line } = await call(who, route, cast.mine);
        // Signing in with nothing typed is refused as such.
        const open =
          route.access === 'public' ? status < 500 : status !== 401 && status !== 403 && status < 500;
        if (!open) wrong.push(`${line} answered ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
