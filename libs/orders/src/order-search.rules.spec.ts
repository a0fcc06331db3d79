import { orderSearch } from './order-search.rules.js';

function search(text: string | undefined) {
  const bound: string[] = [];
  return { ...orderSearch(text, (value) => `$${bound.push(value)}`), bound };
}

describe('finding an order', () => {
  it('takes a whole id as it is', () => {
    expect(search(' ord_01KB2M ')).toEqual({ byId: 'o.id = $1', bound: ['ord_01kb2m'] });
  });

  it('takes the six letters that pages show, with and without the word before them', () => {
    const { byWords, bound } = search('Order 7F3K9A');
    const { match, byIndex } = byWords!.amongAll();
    expect(match).toContain('right(o.id, 6) = $1');
    expect(byIndex).toContain('right(o.id, 6) = $1');
    expect(bound).toEqual(['7f3k9a', "'7f3k9a':*"]);
  });

  it('takes the beginnings of a name’s words, and no operators of the text search', () => {
    const named = (text: string) => {
      const { byWords, bound } = search(text);
      byWords!.amongAll();
      return bound;
    };
    expect(named("ada & o'bri | !x")).toEqual(["'ada':* & 'o':* & 'bri':* & 'x':*"]);
    expect(named('Zoë')).toEqual(["'zoë':*"]);
  });

  it('looks among the orders of one shop and week alone, whatever stands in its id', () => {
    const { byWords, bound } = search('Ada Lovelace');
    expect(byWords!.inShop("sel_1' | '")('w.week')).toContain('replace($1::text, chr(1), w.week::text)');
    expect(bound).toEqual(["'sel_1 \u0001 ada':* & 'sel_1 \u0001 lovelace':*"]);
  });

  it('asks for nothing where there is nothing to search for', () => {
    for (const text of [undefined, '', '  ', '%&|']) expect(search(text)).toEqual({ bound: [] });
  });
});
