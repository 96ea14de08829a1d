import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DatabaseModule } from '../database/database.module.js';
import { createHistory, dropHistory } from '../history/create-history.js';
import { HistoryModule } from '../history/history.module.js';
import { plantHistory, PlantRow } from '../history/plant-history.fixture.js';
import { runDatabaseCommand } from './database-command.js';

/** Three plants: one is as its events say, the row of another is not, and the history of a third has a gap. */
class CreatePlants1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createHistory(runner, 'plant');
    await runner.query('CREATE TABLE plants (id text PRIMARY KEY, name text, millilitres int, version int)');
    await runner.query(
      "INSERT INTO plants VALUES ('ivy', 'ivy', 5, 2), ('oak', 'oak', 7, 2), ('yew', 'yew', 5, 3)",
    );
    const event = '(aggregate_id, version, type, schema_version, data, happened_at)';
    for (const id of ['ivy', 'oak', 'yew'])
      await runner.query(`INSERT INTO plant_events ${event} VALUES
        ('${id}', 1, 'planted', 1, '{"name":"${id}"}', 1),
        ('${id}', ${id === 'yew' ? 3 : 2}, 'watered', 3, '{"millilitres":5}', 2)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE plants');
    await dropHistory(runner, 'plant');
  }
}

describe('the commands about histories', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-command-'));
  const imports = [
    DatabaseModule.forRoot({ file: 'x.db', entities: [PlantRow], migrations: [CreatePlants1700000000000] }),
    HistoryModule.forRoot([plantHistory]),
  ];
  const run = async (...args: string[]) => {
    const module = { module: class Garden {}, imports };
    const options = { name: 'garden', port: 0, module };
    const text = await runDatabaseCommand(args, options, { DATABASE_URL: `sqlite:${join(folder, 'x.db')}` });
    return JSON.parse(text) as { events?: { state: object }[]; problem?: string } & Record<string, unknown>;
  };

  beforeAll(async () => {
    await expect(run('replay')).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
      message: expect.stringMatching(/^apply these migrations first: .*CreatePlants1700000000000/),
    });
    expect(await run('history', 'animal', 'ivy')).toEqual({ service: 'garden', entities: ['plant'] });
    await run('migrate', '--json');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('print the events of an aggregate with the states after them', async () => {
    const { events, ...rest } = await run('history', 'plant', 'ivy');
    expect(rest).toEqual({ service: 'garden', entities: ['plant'] });
    expect(events!.map(({ state }) => state)).toEqual([
      { name: 'ivy', millilitres: 0 },
      { name: 'ivy', millilitres: 5 },
    ]);
    expect(await run('history', 'plant', 'fir')).toMatchObject({ events: [] });
    expect(await run('history', 'animal', 'ivy')).toEqual({ service: 'garden', entities: ['plant'] });
  });

  it('print the events before a gap, and what is missing', async () => {
    const { events, problem } = await run('history', 'plant', 'yew');
    expect(events).toHaveLength(1);
    expect(problem).toBe('the history of plant yew cannot be read: event 2 is missing');
  });

  it('find rows that are not what their events say, and repair those that are named', async () => {
    const found = await run('replay');
    const ids = (report: Record<string, unknown>) =>
      (report['histories'] as { differences: { id: string }[] }[])[0]!.differences.map(({ id }) => id);
    expect(ids(found)).toEqual(['oak', 'yew']);
    const repair = `--repair=${JSON.stringify([{ entity: 'plant', ids: ['oak', 'yew'] }])}`;
    const left = await run('replay', repair);
    expect([left['repaired'], ids(left)]).toEqual([[{ entity: 'plant', id: 'oak' }], ['yew']]);
  });

  it('are not those of a service without a database', async () => {
    const options = { name: 'gateway', port: 0, module: class Gateway {} };
    await expect(runDatabaseCommand(['replay'], options, {})).rejects.toMatchObject({ code: 'NO_DATABASE' });
  });
});
