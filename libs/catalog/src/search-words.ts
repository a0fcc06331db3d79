import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';
import { searchParts } from './listing.rules.js';

type Bind = (value: unknown) => string;

/** What somebody searches for, and how the index is best asked for it. */
export interface Search {
  readonly text: string;
  /** By its whole words; the beginning is then looked for in the rows that they find. */
  readonly byWholeWords: boolean;
}

/** A word is common if it stands in more than this share of the listings. */
const COMMON = 0.02;

@Injectable()
export class SearchWords {
  constructor(private readonly transactions: Transactions) {}

  /**
   * For the beginning of a common word the index gathers every listing of every word that begins so, however few of them
   * have the other words. Where one of those is rare, it alone finds little enough. How common words are, PostgreSQL has
   * counted when it last analyzed the table.
   */
  async read(text: string): Promise<Search> {
    const { words, beginning } = searchParts(text);
    // Where a word may be missing or stand for another, no single one bounds what is found.
    if (!beginning || /(^|\s)(-|or(\s|$))/i.test(words)) return { text, byWholeWords: false };
    const [row] = await this.transactions.query<{ rare: boolean }>(
      `with common as (
         select word from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) c(word, share)
         where s.schemaname = 'catalog' and s.tablename = 'listings' and s.attname = 'search'
           -- The list of shares ends with their extremes, which belong to no word.
           and word is not null and c.share > ${COMMON})
       select exists (select from common where starts_with(word, (tsvector_to_array(to_tsvector('english', $2)))[1]))
          and exists (select from unnest(tsvector_to_array(to_tsvector('english', $1))) asked
                      where asked not in (select word from common)) as rare`,
      [words, beginning],
    );
    return { text, byWholeWords: row!.rare };
  }
}

/** Conditions on `l.search`, and the whole query for ranking. */
export function searchFor(
  { text, byWholeWords }: Search,
  bind: Bind,
): { query: string; conditions: string[] } {
  const query = tsquery(text, bind);
  if (!byWholeWords) return { query, conditions: [`l.search @@ ${query}`] };
  const words = `websearch_to_tsquery('english', ${bind(searchParts(text).words)}::text)`;
  // The function is the operator, without its index.
  return { query, conditions: [`l.search @@ ${words}`, `ts_match_vq(l.search, ${query})`] };
}

/** Whole words as people write them for a search engine, and the last word also as a beginning. */
export function tsquery(text: string, bind: Bind): string {
  const { words, beginning } = searchParts(text);
  const whole = `websearch_to_tsquery('english', ${bind(words)}::text)`;
  return beginning ? `(${whole} && to_tsquery('english', ${bind(`${beginning}:*`)}::text))` : whole;
}
