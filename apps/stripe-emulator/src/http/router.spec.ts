import { route, type Route } from './route.js';
import { Router } from './router.js';

const at = (method: Route['method'], path: string) => route(method, path, {}, () => null);

describe('the router', () => {
  const search = at('GET', '/v1/customers/search');
  const customer = at('GET', '/v1/customers/:id');
  const source = at('DELETE', '/v1/customers/:customer/sources/:id');
  const router = new Router([customer, search, source]);

  it('finds a route by method and path, with the ids by their names', () => {
    expect(router.find('GET', '/v1/customers/cus_1')).toEqual({ route: customer, ids: { id: 'cus_1' } });
    expect(router.find('DELETE', '/v1/customers/cus_1/sources/card_2')).toEqual({
      route: source,
      ids: { customer: 'cus_1', id: 'card_2' },
    });
    expect(router.find('GET', '/v1/customers/a%20b')!.ids).toEqual({ id: 'a b' });
  });

  it('prefers a word to a name', () => {
    expect(router.find('GET', '/v1/customers/search')!.route).toBe(search);
  });

  it.each([
    ['POST', '/v1/customers/cus_1'],
    ['GET', '/v1/customers'],
    ['GET', '/v1/customers/cus_1/sources/card_2'],
    ['GET', '/v1/customers/cus_1/more'],
  ])('finds nothing for %s %s', (method, path) => {
    expect(router.find(method, path)).toBeNull();
  });
});
