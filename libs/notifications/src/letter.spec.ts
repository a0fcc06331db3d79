import { asHtml, asText } from './letter.js';

const words = {
  subject: 'You sold <something>',
  greeting: 'Hello Ada & Bob,',
  paragraphs: ['One vase.'],
  action: { label: 'See the order', url: 'https://shop.example/o?a=1&b=2' },
};

describe('a mail', () => {
  it('says the same in text and in HTML', () => {
    expect(asText(words)).toBe(
      'Hello Ada & Bob,\n\nOne vase.\n\nSee the order:\nhttps://shop.example/o?a=1&b=2\n\n--\nGuildhall\n',
    );
    expect(asHtml(words)).toContain('One vase.');
    expect(asHtml(words)).toContain('href="https://shop.example/o?a=1&amp;b=2"');
  });

  it('lets nobody write HTML by their name', () => {
    expect(asHtml({ ...words, greeting: 'Hello <img src=x>,' })).not.toContain('<img');
    expect(asHtml(words)).toContain('Hello Ada &amp; Bob,');
  });
});
