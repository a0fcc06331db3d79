import { isCrossSite } from './cross-site.js';

const sent = {
  method: 'POST',
  fetchSite: undefined,
  origin: undefined,
  ownHosts: ['shop.example'],
  bearer: false,
};

describe('a request from another site', () => {
  it.each([
    ['cross-site', true],
    ['same-site', true],
    ['same-origin', false],
    ['none', false],
  ])('is told by Sec-Fetch-Site: %s', (fetchSite, refused) => {
    expect(isCrossSite({ ...sent, fetchSite })).toBe(refused);
  });

  it.each([
    ['https://shop.example', false],
    ['https://evil.example', true],
    ['https://shop.example:8443', true],
    ['null', true],
  ])('is told by Origin %s where there is no Sec-Fetch-Site', (origin, refused) => {
    expect(isCrossSite({ ...sent, origin })).toBe(refused);
  });

  it('may read, and may act with a key of its own', () => {
    expect(isCrossSite({ ...sent, method: 'GET', fetchSite: 'cross-site' })).toBe(false);
    expect(isCrossSite({ ...sent, fetchSite: 'cross-site', bearer: true })).toBe(false);
  });

  it('is not assumed of programs, which send neither header', () => {
    expect(isCrossSite(sent)).toBe(false);
  });
});
