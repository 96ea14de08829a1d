import { describe, expect, it } from '@jest/globals';
import { migrateModel, modelMigrations } from './model-migrations.js';
import type { ModelMigration } from './model-migrations.js';

const renamed: ModelMigration = {
  to: 3,
  title: '"queue" is "broker" now',
  apply: (document) => {
    const value = document.get('queue', true);
    if (value === undefined) return false;
    document.delete('queue');
    document.set('broker', value);
    return true;
  },
};

describe('migrations of msx.yaml', () => {
  const old = '# Ours.\nname: garden # so called\nqueue: { port: 9092 }\n';

  it('are applied once each, from the version of the system on, and keep comments', () => {
    expect(migrateModel(old, 2, [renamed])).toEqual({
      text: '# Ours.\nname: garden # so called\nbroker: { port: 9092 }\n',
      done: [renamed.title],
    });
    expect(migrateModel(old, 3, [renamed])).toEqual({ text: old, done: [] });
    expect(migrateModel('name: garden\n', 2, [renamed])).toEqual({ text: 'name: garden\n', done: [] });
  });

  it('do not change a text with conflicts or syntax errors', () => {
    const broken = '<<<<<<< yours\nname: [\n';
    expect(migrateModel(broken, 1, [renamed])).toEqual({ text: broken, done: [] });
  });

  it('are in the order of their versions', () => {
    const versions = modelMigrations.map(({ to }) => to);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });
});
