/** Rows for `jsonb_to_recordset`. JSON numbers lose digits past 2^53, so bigints travel as text. */
export function asJson(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
