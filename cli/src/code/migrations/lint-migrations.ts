import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readText } from '../../model/system/read-file.js';
import { lintMigration } from './lint-migration.js';
import { lockRules } from './lock-rules.js';
import type { Service } from '../../model/system/system.js';
import type { Lock } from './lint-migration.js';
import type { LockRule } from './lock-rules.js';

const MANUAL = 'https://www.postgresql.org/docs/current/';

/** A statement of a migration that would lock a large table, where it is, and what to do. */
export interface MigrationLock extends Lock, LockRule {
  readonly service: string;
  /** Relative to the root. */
  readonly file: string;
}

/** The migrations of services whose statements would lock a large table on PostgreSQL. */
export function lintMigrations(root: string, services: readonly Service[]): MigrationLock[] {
  return services.flatMap(({ name, folder }) =>
    filesIn(join(folder, 'src', 'migrations')).flatMap((file) =>
      lintMigration(readText(file)).map((lock) => ({
        service: name,
        file: relative(root, file),
        ...lock,
        ...lockRules[lock.rule],
        source: MANUAL + lockRules[lock.rule].source,
      })),
    ),
  );
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** The finding as lines of text: where and which rule, why, what to write instead, and where that is written. */
export const describeLock = ({ file, line, rule, why, instead, source }: MigrationLock): string =>
  `${file}:${line} ${rule}: ${why}\n    instead: ${instead}\n    ${source}`;
