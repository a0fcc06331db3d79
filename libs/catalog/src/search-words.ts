import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';
import { searchParts } from './listing.rules.js';

/** What somebody searches for, as PostgreSQL reads it. */
export interface Search {
  /** A tsquery: what a listing's words must meet. */
  readonly query: string;
  /** A tsquery of the words that whatever meets it has, each after this place: for an index of `wordsIn` it. */
  readonly wordsIn: (place: string) => string;
}

@Injectable()
export class SearchWords {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Whole words as people write them for a search engine, and the last word also as a beginning. Null where no word is
   * left to search for.
   */
  async read(text: string): Promise<Search | null> {
    const { words, beginning } = searchParts(text);
    const [row] = await this.transactions.query<{ query: string; needed: string }>(
      `select query::text, querytree(query) as needed
       from (select websearch_to_tsquery('english', $1::text) && to_tsquery('english', $2::text)) q (query)`,
      [words, beginning ? `${beginning}:*` : ''],
    );
    const { query, needed } = row!;
    return query ? { query, wordsIn: (place) => placed(place, needed) } : null;
  }
}

/** 'T' is PostgreSQL's word for a query that no word bounds, such as one for what is not said. */
function placed(place: string, needed: string): string {
  if (needed === 'T') return `'${place}'`;
  // Words in a row are kept apart here: whether they follow each other, only the listing itself says.
  return needed.replace(/'((?:[^']|'')*)'| <(?:-|\d+)> /g, (_, word?: string) =>
    word === undefined ? ' & ' : `'${place} ${word}'`,
  );
}
