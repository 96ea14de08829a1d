import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readText } from '../../model/system/read-file.js';
import { lintMigration } from './lint-migration.js';

const repository = resolve(import.meta.dirname, '../../../..');

const migration = (body: string, { before = '', fields = '' } = {}) =>
  `${before}\nexport class Change1700000000001 {\n  ${fields}\n  async up(runner: QueryRunner): Promise<void> {\n    ${body}\n  }\n}\n`;

const rules = (body: string, around?: { before?: string; fields?: string }) =>
  lintMigration(migration(body, around)).map(({ rule }) => rule);

const online = { fields: 'readonly transaction = false;' };
const sql = (statement: string) => `await runner.query(\`${statement}\`);`;
const adding = (options: string) =>
  `await runner.addColumn('pens', new TableColumn({ name: 'x', ${options} }));`;

describe('a migration locks a large table', () => {
  it.each([
    ['blocking-index', "await runner.createIndex('pens', new TableIndex({ columnNames: ['id'] }));"],
    ['blocking-index', sql('create unique index pens_by_id\n on pens (id)')],
    ['volatile-default', adding("type: 'uuid', default: 'gen_random_uuid()'")],
    ['volatile-default', sql('ALTER TABLE pens ADD COLUMN at timestamp DEFAULT clock_timestamp()')],
    ['volatile-default', sql('ALTER TABLE pens ADD n bigserial')],
    ['required-without-default', adding("type: 'integer'")],
    ['required-without-default', sql('ALTER TABLE pens ADD colour text NOT NULL')],
    ['unique-constraint', adding("type: 'text', isNullable: true, isUnique: true")],
    ['unique-constraint', sql('ALTER TABLE pens ADD CONSTRAINT one UNIQUE (id)')],
    ['column-type', sql('ALTER TABLE pens ALTER COLUMN id TYPE bigint USING id::bigint')],
    ['column-type', "await alterColumn(runner, { table: 'pens', column: 'id' }, { type: 'bigint' });"],
    ['change-column', "await runner.changeColumn('pens', 'id', column);"],
    ['set-not-null', sql('ALTER TABLE pens ALTER COLUMN id SET NOT NULL')],
    ['validated-constraint', sql('ALTER TABLE pens ADD CONSTRAINT c CHECK (id > 0)')],
    ['validated-constraint', "await runner.createForeignKey('pens', key);"],
    ['locked-table', sql('LOCK TABLE pens')],
    ['locked-table', sql('REINDEX TABLE pens')],
    ['unbounded-change', sql("UPDATE pens SET colour = 'red'")],
    ['online-in-transaction', sql('CREATE INDEX CONCURRENTLY a ON pens (id)')],
    ['online-in-transaction', "await createIndexOnline(runner, 'pens', BY_ID);"],
    ['online-in-transaction', 'await alterColumn(runner, PLACE, { nullable: false, fill: "\'\'" });'],
  ])('%s: %s', (rule, body) => {
    expect(rules(body)).toEqual([rule]);
  });

  it('through constants, and says in which line', () => {
    const before = "const X = new TableColumn({ name: 'x', type: 'integer' });";
    expect(lintMigration(migration("await runner.addColumn('pens', X);", { before }))).toEqual([
      { line: 5, rule: 'required-without-default' },
    ]);
  });

  it('with a comment that has no reason', () => {
    expect(rules(`// lock allowed:\n    ${sql('LOCK TABLE pens')}`)).toEqual(['allowed-without-reason']);
  });
});

describe('a migration does not lock a large table', () => {
  it.each([
    ['with a constant default', adding("type: 'integer', default: '0'")],
    [
      'with a default that is the same for all rows',
      sql('ALTER TABLE pens ADD at timestamp NOT NULL DEFAULT now()'),
    ],
    [
      'with a constraint that is not validated',
      sql('ALTER TABLE pens ADD CONSTRAINT c CHECK (id > 0) NOT VALID'),
    ],
    ['with an index that exists', sql('ALTER TABLE pens ADD CONSTRAINT one UNIQUE USING INDEX pens_by_id')],
    ['with a condition', sql('DELETE FROM pens WHERE id = 1')],
    ['with words that only look like SQL', "const text = 'update everything';"],
    [
      'that it creates itself',
      `await runner.createTable(new Table({ name: 'pens', columns }));\n${sql('CREATE INDEX a ON pens (id)')}`,
    ],
    ['with a reason', `// lock allowed: there are ten pens\n    ${sql('LOCK TABLE pens')}`],
    ['with a reason beside it', `${sql('LOCK TABLE pens')} // lock allowed: there are ten pens`],
  ])('%s', (_, body) => {
    expect(rules(body)).toEqual([]);
  });

  it('without a transaction, with a validated constraint', () => {
    const statements = ['CREATE INDEX CONCURRENTLY a ON pens (id)', 'ALTER TABLE pens VALIDATE CONSTRAINT c'];
    expect(rules(statements.map(sql).join('\n'), online)).toEqual([]);
    const validated = 'ALTER TABLE pens VALIDATE CONSTRAINT c; ALTER TABLE pens ALTER id SET NOT NULL';
    expect(rules(sql(validated), online)).toEqual([]);
    expect(rules("await createIndexOnline(runner, 'pens', BY_ID);", online)).toEqual([]);
  });

  it('of those that msx brings', () => {
    const services = ['user', 'product', 'order'].map((name) => `services/${name}-service/src/migrations`);
    const folders = ['runtime/src/database/migrations', 'templates/service/src/migrations', ...services];
    for (const folder of folders)
      for (const file of readdirSync(join(repository, folder)))
        expect([file, lintMigration(readText(join(repository, folder, file)))]).toEqual([file, []]);
  });
});
