import { canPay, sellerCountries, whyNot } from './countries.js';

const reachedFrom = (platform: string) =>
  sellerCountries.filter(({ code }) => canPay(platform, code)).map(({ code }) => code);

describe('the countries that a platform can pay', () => {
  it('are those of Stripe’s cross-border regions for a platform in one of them', () => {
    const fromTheStates = reachedFrom('US');
    expect(fromTheStates).toEqual(expect.arrayContaining(['US', 'CA', 'GB', 'CH', 'DE', 'FR', 'NO', 'LI']));
    for (const other of ['JP', 'AU', 'BR', 'MX', 'SG', 'AE', 'HK', 'NZ', 'TH', 'MY'])
      expect(fromTheStates).not.toContain(other);
    for (const home of ['GB', 'DE', 'CA', 'CH']) expect(reachedFrom(home)).toEqual(fromTheStates);
  });

  it('are its own alone for a platform elsewhere', () => {
    for (const home of ['JP', 'AU', 'SG']) expect(reachedFrom(home)).toEqual([home]);
  });

  it('are told where one of them is asked for that is not among them', () => {
    expect(whyNot('US', 'JP')).toMatch(
      /shops in Japan.*account is in the United States.*European Economic Area/,
    );
    expect(whyNot('JP', 'US')).toMatch(/shops in the United States.*can pay shops in Japan/);
  });
});
