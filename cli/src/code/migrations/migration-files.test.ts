import { describe, expect, it } from '@jest/globals';
import * as runtime from '@msx/runtime';
import { drivers, migrationProblems } from '@msx/runtime/testing';
import { transform } from 'esbuild';
import * as typeorm from 'typeorm';
import { migrationFiles } from './migration-files.js';
import type { MigrationClass } from '@msx/runtime';
import type { SchemaChange } from '../../inspection/database/schema-change.js';
import type { MigrationFile } from './migration-files.js';

const { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Table } = typeorm;

@Entity('pens')
@Index('pens_by_colour', ['colour', 'id'], { unique: true })
class Pen {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { length: '40' })
  colour!: string;

  @Column('varchar', { length: '9', default: 'new' })
  state!: string;

  @Column('simple-json')
  inks!: string[];

  @Column({ name: 'made_at', ...runtime.moment })
  madeAt!: Date;

  @Column({ type: Boolean, nullable: true })
  full!: boolean | null;

  @Column({ type: Date, name: 'sold_at' })
  soldAt!: Date;
}

@Entity('ink_pots')
class InkPot {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar', { unique: true })
  label!: string;

  @Column({ type: Boolean, default: true })
  open!: boolean;
}

class CreatePens1700000000001 implements typeorm.MigrationInterface {
  async up(runner: typeorm.QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'colour', type: 'varchar', length: '20' },
      { name: 'state', type: 'varchar', length: '9', isNullable: true },
      { name: 'made_at', type: 'bigint', isNullable: true },
      { name: 'full', type: 'boolean' },
      { name: 'serial', type: 'varchar', length: '8' },
      { name: 'weight', type: 'integer' },
    ];
    const uniques = [{ name: 'pens_serial_unique', columnNames: ['serial'] }];
    const indices = [{ name: 'pens_by_weight', columnNames: ['weight'] }];
    await runner.createTable(new Table({ name: 'pens', columns, uniques, indices }));
  }

  async down(runner: typeorm.QueryRunner): Promise<void> {
    await runner.dropTable('pens');
  }
}

const problems = (driver: 'sqlite' | 'postgres', migrations: MigrationClass[]) =>
  migrationProblems(
    runtime.DatabaseModule.forRoot({ file: 'x.db', entities: [Pen, InkPot], migrations }),
    driver,
  );

const changesIn = (found: readonly string[]): SchemaChange[] =>
  found.map((problem) => JSON.parse(problem.slice(problem.indexOf('{'))) as SchemaChange);

async function load({ text, className }: MigrationFile): Promise<MigrationClass> {
  const { code } = await transform(text, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} as Record<string, MigrationClass> };
  const packages: Record<string, object> = { typeorm, '@msx/runtime': runtime };
  const require = (name: string) => packages[name];

  (new Function('module', 'require', code) as (...all: unknown[]) => void)(module, require);
  return module.exports[className]!;
}

const naming = { migrations: ['CreatePens1700000000001'], has: () => false, now: 1_700_000_000_000 };

describe.each(drivers)('the migrations of differences on %s', (driver) => {
  it('make all that the entities need, and can be rolled back', async () => {
    const changes = changesIn(await problems(driver, [CreatePens1700000000001]));
    expect(new Set(changes.map(({ kind }) => kind)).size).toBe(6);
    const files = migrationFiles(changes, naming);
    const written = await Promise.all(files.map(load));
    expect(written.map(({ name }) => name)).toEqual([
      'UnindexPens1700000000002',
      'ChangePensInkPots1700000000003',
      'IndexPens1700000000004',
    ]);
    expect(await problems(driver, [CreatePens1700000000001, ...written])).toEqual([]);
  });
});

describe('a migration file', () => {
  const index = { name: 'pens_by_id', columns: ['id'] };

  it('has a name that is free, or the one that was chosen', () => {
    const changes: SchemaChange[] = [
      { kind: 'rename-column', table: 'pens', from: 'a', to: 'b' },
      { kind: 'create-index', table: 'pens', index },
    ];
    const named = (more: object) => migrationFiles(changes, { ...naming, ...more }).map(({ file }) => file);
    expect(named({})).toEqual(['change-pens.ts', 'index-pens-by-id.ts']);
    expect(named({ has: (file: string) => file === 'change-pens.ts' })).toEqual([
      'change-pens-2.ts',
      'index-pens-by-id.ts',
    ]);
    expect(named({ name: 'polish' })).toEqual(['polish.ts', 'polish-index.ts']);
  });

  it('comes after all others, also after those from the future', () => {
    const [file] = migrationFiles([{ kind: 'create-index', table: 'pens', index }], {
      ...naming,
      migrations: ['Later1900000000000'],
    });
    expect(file!.className).toBe('IndexPensById1900000000001');
    expect(file!.text).toContain('readonly transaction = false;');
  });
});
