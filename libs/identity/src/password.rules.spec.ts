import { assertGoodPassword } from './password.rules.js';

const person = { email: 'ada@example.com', name: 'Ada Lovelace' };
const problemOf = (password: string): string | undefined => {
  try {
    assertGoodPassword(password, person);
    return undefined;
  } catch (error) {
    return (error as { fields: Record<string, string> }).fields['password'];
  }
};

describe('a good password', () => {
  it.each(['correct horse battery', 'tulip-anvil-42', 'ÄpfelUndBirnen', 'demo-glaze-lantern'])(
    'may be “%s”',
    (password) => {
      expect(problemOf(password)).toBeUndefined();
    },
  );

  it('has at least ten characters, and at most 128', () => {
    expect(problemOf('kiln7glow')).toContain('at least 10');
    expect(problemOf('kiln'.repeat(33))).toContain('at most 128');
  });

  it.each([
    'password123',
    '1234567890',
    'aaaaaaaaaaaa',
    'qwerty123456',
    'ada@example.com',
    'AdaLovelaceAda!',
    'ada lovelace 1815',
  ])('is not “%s”', (password) => {
    expect(problemOf(password)).toMatch(/easy to guess/);
  });
});
