import { parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** Brings msx.yaml from the keys of one version of the templates to those of the next. */
export interface ModelMigration {
  /** The version that has the new keys. */
  readonly to: number;
  /** What it does, in words. */
  readonly title: string;
  /** Whether there was anything to do; a person's comments and order stay. */
  readonly apply: (document: Document) => boolean;
}

/** In order. A key that is renamed or moved gets its migration here; what the templates add needs none. */
export const modelMigrations: readonly ModelMigration[] = [];

/** The text with all migrations made since a version, and which these were. A text with mistakes stays as it is. */
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
