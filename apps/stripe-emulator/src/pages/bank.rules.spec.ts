import { readBank } from './bank.rules.js';

const OWNER = { country: 'DE', currency: 'eur' };
const read = (routing_number: string, account_number: string) =>
  readBank({ routing_number, account_number }, OWNER);

describe('a bank account as typed by a seller', () => {
  it("is read in the seller's country and currency, however its digits were grouped", () => {
    expect(read('110000000', '0001 2345 6789')).toEqual({
      bank: { routing_number: '110000000', account_number: '000123456789', country: 'DE', currency: 'eur' },
      problems: {},
    });
  });

  it('is sent back with what is wrong beside each number', () => {
    expect(read('1100', 'DE89').problems).toEqual({
      routing_number: 'A routing number has nine digits.',
      account_number: 'An account number has 4 to 17 digits and nothing else.',
    });
    expect(read('', '').bank).toBeNull();
    expect(read('021000021', '000123456789').problems['routing_number']).toContain('110000000');
  });

  it('is never a real one', () => {
    expect(read('110000000', '123456789012')).toMatchObject({
      bank: null,
      problems: { account_number: expect.stringContaining('not a test account') },
    });
  });
});
