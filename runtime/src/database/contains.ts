/**
 * A condition that one of `columns` holds `:search` somewhere, capitals or not (as far as the database knows capitals:
 * SQLite those of ASCII), and the parameter for it: whatever is searched for means itself, `%` and `_` as well.
 */
export function contains(columns: readonly string[], search: string): [string, { search: string }] {
  const escaped = search.replace(/[\\%_]/g, '\\$&');
  const conditions = columns.map((column) => `LOWER(${column}) LIKE LOWER(:search) ESCAPE '\\'`);
  return [`(${conditions.join(' OR ')})`, { search: `%${escaped}%` }];
}
