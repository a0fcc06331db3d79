import { ownPath } from './return-path.js';

describe('the way back after signing in', () => {
  it.each(['/', '/cart', '/search?q=vase&page=2', '/seller/sel_1/orders'])(
    'may be our own path %s',
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'cart',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(600)}`,
  ])('is never %j', (path) => {
    expect(ownPath(path)).toBeNull();
  });

  it('does not become another site by dots', () => {
    expect(ownPath('/..//evil.example')).toBe('/evil.example');
  });
});
