import type { DataSource } from 'typeorm';
import { caseVariants } from './case-variants.js';

/**
 * A condition that one of `columns` contains `search`, case-insensitively, and its parameters. The search is literal:
 * `%`, `*` and `.` have no special meaning. Case is folded here, by Unicode, and not by the database: SQLite folds
 * ASCII only, and PostgreSQL depends on its locale. Accents are significant, in any normalization form.
 */
export function contains(
  { connection }: { connection: DataSource },
  columns: readonly string[],
  search: string,
): [string, Record<string, string>] {
  // No text contains a NUL, and PostgreSQL refuses to search for one.
  if (search.includes('\0')) return ['1 = 0', {}];
  const write = connection.options.type === 'postgres' ? asRegExp : asGlob;
  const forms = [...new Set([search.normalize('NFC'), search.normalize('NFD')])];
  const operator = connection.options.type === 'postgres' ? '~' : 'GLOB';
  const parameters = Object.fromEntries(forms.map((form, n) => [`search${n}`, write(form)]));
  const conditions = columns.flatMap((column) =>
    Object.keys(parameters).map((name) => `${column} ${operator} :${name}`),
  );
  return [`(${conditions.join(' OR ')})`, parameters];
}

/** Only letters have case variants, and a character class of letters needs no escaping. */
const inClasses = (search: string, literal: (character: string) => string) =>
  [...search]
    .map((character) => {
      const variants = caseVariants(character);
      return variants.length > 1 ? `[${variants.join('')}]` : literal(character);
    })
    .join('');

/** SQLite's GLOB is case-sensitive and supports character classes. */
const asGlob = (search: string) =>
  `*${inClasses(search, (character) => (/[*?[]/.test(character) ? `[${character}]` : character))}*`;

/** PostgreSQL's `***=` would treat the whole text literally, character classes included. */
const asRegExp = (search: string) =>
  inClasses(search, (character) => (/[\w\s]|[^\0-\x7f]/.test(character) ? character : `\\${character}`));
