import { kebab, pascal, wordsOf } from '../generate/names/words.js';
import { changeCode } from './change-code.js';
import { describeChange } from './describe-change.js';
import type { SchemaChange } from '../../inspection/database/schema-change.js';

/** A migration to write. */
export interface MigrationFile {
  /** Without its folder. */
  readonly file: string;
  readonly className: string;
  readonly text: string;
}

export interface MigrationNaming {
  /** The name that the user chose, if any. */
  readonly name?: string | undefined;
  /** The classes of the migrations that there are. */
  readonly migrations: readonly string[];
  /** Whether a file of this name exists. */
  readonly has: (file: string) => boolean;
  readonly now: number;
}

/** At most this many tables are in the name of a migration. */
const NAMED_TABLES = 2;

/**
 * The migrations that make the changes, in the order in which they are applied. What is done online has no transaction, and
 * so has a migration of its own: one that fails half-way could not be rolled back.
 */
export function migrationFiles(changes: readonly SchemaChange[], naming: MigrationNaming): MigrationFile[] {
  const phases = [
    { online: true, verb: 'unindex', changes: changes.filter(isUnindexing) },
    {
      online: false,
      verb: 'change',
      changes: changes.filter((each) => !isUnindexing(each) && !isFinishing(each)),
    },
    { online: true, verb: 'index', changes: changes.filter(isFinishing) },
  ].filter((phase) => phase.changes.length > 0);
  const first = Math.max(naming.now, ...naming.migrations.map((name) => Number(name.slice(-13)) + 1));
  const taken = new Set<string>();
  return phases.map((phase, n) => {
    const base = free(nameOf(phase, naming.name, n), (name) => taken.has(name) || naming.has(`${name}.ts`));
    taken.add(base);
    const className = `${pascal(wordsOf(base))}${first + n}`;
    return { file: `${base}.ts`, className, text: fileText(className, phase) };
  });
}

interface Phase {
  readonly online: boolean;
  readonly verb: string;
  readonly changes: readonly SchemaChange[];
}

const isUnindexing = (change: SchemaChange): boolean =>
  change.kind === 'drop-index' && !change.index.constraint;

/** What comes last: rows are there, and have their new columns. */
const isFinishing = (change: SchemaChange): boolean =>
  change.kind === 'create-index' ||
  (change.kind === 'change-column' && change.before.nullable !== change.after.nullable);

function nameOf({ verb, changes }: Phase, chosen: string | undefined, n: number): string {
  if (chosen !== undefined) return n === 0 ? chosen : `${chosen}-${verb}`;
  const tables = [...new Set(changes.map(({ table }) => table))];
  const creates = changes.every(({ kind }) => kind === 'create-table');
  const named = tables.length > NAMED_TABLES ? ['tables'] : tables;
  const [only] = changes;
  if (changes.length === 1 && only?.kind === 'create-index')
    return kebab(wordsOf([verb, only.table, 'by', ...only.index.columns].join('-')));
  return kebab(wordsOf([creates ? 'create' : verb, ...named].join('-')));
}

function free(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let n = 2; ; n++) if (!isTaken(`${name}-${n}`)) return `${name}-${n}`;
}

const OF_TYPEORM = ['Table', 'TableColumn', 'TableIndex', 'TableUnique'];
const OF_RUNTIME = ['alterColumn', 'createIndexOnline', 'dropIndexOnline'];
const POSTGRES = "const postgres = runner.dataSource.options.type === 'postgres';\n";

function fileText(className: string, { online, changes }: Phase): string {
  const codes = changes.map(changeCode);
  const up = codes.map((code) => code.up).join('\n');
  const down = codes
    .map((code) => code.down)
    .reverse()
    .join('\n');
  const uses = (names: readonly string[]) =>
    names.filter((name) => new RegExp(`\\b${name}\\(`).test(up + down));
  const runtime = uses(OF_RUNTIME);
  const typeorm = ['type MigrationInterface', 'type QueryRunner', ...uses(OF_TYPEORM)];
  return [
    ...(runtime.length > 0 ? [`import { ${runtime.join(', ')} } from '@msx/runtime';\n`] : []),
    `import { ${typeorm.join(', ')} } from 'typeorm';\n\n`,
    `/** ${sentence(changes)} */\n`,
    `export class ${className} implements MigrationInterface {\n`,
    ...(online ? ['readonly transaction = false;\n\n'] : []),
    method('up', up),
    '\n',
    method('down', down),
    '}\n',
  ].join('');
}

const method = (name: string, body: string): string =>
  `async ${name}(runner: QueryRunner): Promise<void> {\n${body.includes('postgres ?') ? POSTGRES : ''}${body}\n}\n`;

function sentence(changes: readonly SchemaChange[]): string {
  const phrases = changes.map(describeChange).join('; ').replaceAll('*/', '');
  return `${phrases.charAt(0).toUpperCase()}${phrases.slice(1)}.`;
}
