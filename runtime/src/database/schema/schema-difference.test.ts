import { describe, expect, it } from '@jest/globals';
import {
  Column,
  Entity,
  Index,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
  Table,
} from 'typeorm';
import { moment } from '../columns.js';
import { schemaDifference } from './schema-difference.js';

@Entity('pens')
@Index(['colour', 'id'], { unique: true })
class Pen {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar')
  colour!: string;

  @Column('varchar', { length: '9', default: 'new' })
  state!: string;

  @Column('simple-json')
  inks!: string[];

  @Column({ name: 'made_at', nullable: true, ...moment })
  madeAt!: Date | null;
}

@Entity('boxes')
class Box {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('blob')
  content!: Buffer;
}

class CreatePens1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'shade', type: 'varchar', length: '20' },
      { name: 'state', type: 'varchar', length: '9', default: "'new'" },
      { name: 'made_at', type: 'bigint' },
      { name: 'weight', type: 'integer' },
    ];
    const indices = [
      { name: 'pens_by_weight', columnNames: ['weight'] },
      { name: 'pens_by_state', columnNames: ['state'] },
    ];
    await runner.createTable(new Table({ name: 'pens', columns, indices }));
    await runner.createTable(new Table({ name: 'legacy', columns: columns.slice(0, 1) }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('pens');
  }
}

const options = { file: 'pens.db', entities: [Pen], migrations: [CreatePens1700000000001] };

describe('the difference between entities and migrations', () => {
  it('is what the entities state, and keeps what only a migration says', async () => {
    const { changes, notes } = await schemaDifference(options);
    expect(changes).toEqual([
      { kind: 'drop-index', table: 'pens', index: { name: 'pens_by_weight', columns: ['weight'] } },
      { kind: 'add-column', table: 'pens', column: { name: 'colour', type: 'varchar', nullable: false } },
      {
        kind: 'add-column',
        table: 'pens',
        column: { name: 'inks', type: 'text', nullable: false, json: true },
      },
      {
        ...{ kind: 'change-column', table: 'pens' },
        before: { name: 'made_at', type: 'bigint', nullable: false },
        after: { name: 'made_at', type: 'bigint', nullable: true },
      },
      {
        ...{ kind: 'drop-column', table: 'pens' },
        column: { name: 'shade', type: 'varchar', length: '20', nullable: false },
      },
      { kind: 'drop-column', table: 'pens', column: { name: 'weight', type: 'integer', nullable: false } },
      {
        ...{ kind: 'create-index', table: 'pens' },
        index: { name: expect.stringMatching(/^IDX_/), columns: ['colour', 'id'], unique: true },
      },
    ]);
    expect(notes).toEqual(['no entity has the table legacy, which is kept']);
    expect((await schemaDifference(options, [], ['legacy'])).notes).toEqual([]);
  });

  it('knows the columns that were renamed, and refuses a rename of others', async () => {
    const rename = { table: 'pens', from: 'shade', to: 'colour' };
    const { changes } = await schemaDifference(options, [rename]);
    expect(changes[0]).toEqual({ kind: 'rename-column', ...rename });
    expect(JSON.stringify(changes.slice(1))).not.toContain('"shade"');
    await expect(schemaDifference(options, [{ ...rename, from: 'x' }])).rejects.toThrow(
      /pens has no column x/,
    );
  });

  it('refuses a type that one of the databases does not have', async () => {
    await expect(schemaDifference({ ...options, entities: [Box] })).rejects.toThrow(
      /"blob" in "Box.content" is not supported by "postgres"/,
    );
  });
});
