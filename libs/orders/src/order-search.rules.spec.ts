import { orderSearch } from './order-search.rules.js';

function search(text: string | undefined, sellerId?: string) {
  const bound: string[] = [];
  const condition = orderSearch(text, (value) => `$${bound.push(value)}`, sellerId);
  return { condition, bound };
}

describe('finding an order', () => {
  it('takes a whole id as it is', () => {
    expect(search(' ord_01KB2M ')).toEqual({ condition: 'id = $1', bound: ['ord_01kb2m'] });
  });

  it('takes the six letters that pages show, with and without the word before them', () => {
    const { condition, bound } = search('Order 7F3K9A');
    expect(condition).toContain('right(id, 6) = $2');
    expect(bound).toEqual(["'7f3k9a':*", '7f3k9a']);
  });

  it('takes the beginnings of a name’s words, and no operators of the text search', () => {
    expect(search("ada & o'bri | !x").bound).toEqual(["'ada':* & 'o':* & 'bri':* & 'x':*"]);
    expect(search('Zoë').bound).toEqual(["'zoë':*"]);
  });

  it('looks among the orders of one shop alone, whatever stands in its id', () => {
    expect(search('Ada Lovelace', 'sel_1').bound).toEqual(["'sel_1 ada':* & 'sel_1 lovelace':*"]);
    expect(search('Ada', "sel_1' | '").bound).toEqual(["'sel_1 ada':*"]);
  });

  it('asks for nothing where there is nothing to search for', () => {
    for (const text of [undefined, '', '  ', '%&|'])
      expect(search(text)).toEqual({ condition: null, bound: [] });
  });
});
