import { parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** Brings msx.yaml from the keys of one version of the templates to those of the next. */
export interface ModelMigration {
  /** The version that has the new keys. */
  readonly to: number;
  /** A description for the user. */
  readonly title: string;
  /** Returns whether there was anything to do; comments and order are kept. */
  readonly apply: (document: Document) => boolean;
}

/** Sorted by version. Renaming or moving a key needs a migration here; additions of the templates need none. */
export const modelMigrations: readonly ModelMigration[] = [];

/** Applies all migrations since a version, and returns their titles. A text with syntax errors is not changed. */
export function migrateModel(
  text: string,
  from: number,
  migrations: readonly ModelMigration[] = modelMigrations,
): { text: string; done: string[] } {
  const due = migrations.filter(({ to }) => to > from);
  if (due.length === 0) return { text, done: [] };
  const document = parseDocument(text);
  if (document.errors.length > 0) return { text, done: [] };
  const done = due.filter(({ apply }) => apply(document)).map(({ title }) => title);
  return done.length > 0 ? { text: document.toString({ lineWidth: 0 }), done } : { text, done };
}
