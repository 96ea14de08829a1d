import { describe, expect, it } from '@jest/globals';
import { prunedLock } from './lock-file.js';
import type { Packages } from './lock-file.js';

/** A lock file with a workspace `tool`, which becomes an ordinary package in the systems it creates. */
const original: Packages = {
  '': { dependencies: { unrelated: '1' } },
  tool: { version: '1.0.0', dependencies: { a: '1', b: '2' } },
  'node_modules/tool': { resolved: 'tool', link: true },
  'tool/node_modules/b': { version: '2.0.0', dependencies: { c: '1' } },
  'node_modules/a': { version: '1.0.0', optionalDependencies: { native: '1' }, dev: true },
  'node_modules/b': { version: '1.0.0' },
  'node_modules/c': {
    version: '1.0.0',
    peerDependencies: { p: '1', q: '1' },
    peerDependenciesMeta: { q: { optional: true } },
  },
  'node_modules/p': { version: '1.0.0' },
  'node_modules/q': { version: '1.0.0' },
  'node_modules/native': { version: '1.0.0', os: ['darwin'], optional: true },
  'node_modules/unrelated': { version: '1.0.0' },
  'node_modules/linter': { version: '1.0.0', dependencies: { b: '1' } },
};
const own: Packages = {
  '': { dependencies: { tool: 'file:vendor/tool.tgz' }, devDependencies: { linter: '1' } },
  'services/one': { dependencies: { c: '1' } },
  'node_modules/one': { resolved: 'services/one', link: true },
  'node_modules/tool': {
    version: '1.0.0',
    resolved: 'file:vendor/tool.tgz',
    dependencies: { a: '1', b: '2' },
  },
};

describe('the lock file of a system', () => {
  const pruned = prunedLock(original, own, { tool: 'node_modules/tool' });

  it('has the dependencies of its packages, in their places, and nothing else', () => {
    expect(Object.keys(pruned)).toEqual([
      '',
      'node_modules/a',
      'node_modules/b',
      'node_modules/c',
      'node_modules/linter',
      'node_modules/native',
      'node_modules/one',
      'node_modules/p',
      'node_modules/tool',
      'node_modules/tool/node_modules/b',
      'services/one',
    ]);
    expect(pruned['node_modules/tool']).toEqual(own['node_modules/tool']);
    expect(pruned['node_modules/tool/node_modules/b']!.version).toBe('2.0.0');
  });

  it('recomputes the dev and optional flags', () => {
    const flags = Object.entries(pruned)
      .filter(([, { dev, optional, devOptional }]) => dev || optional || devOptional)
      .map(([place, { dev, optional }]) => [place, { dev, optional }]);
    expect(Object.fromEntries(flags)).toEqual({
      'node_modules/b': { dev: true, optional: undefined },
      'node_modules/linter': { dev: true, optional: undefined },
      'node_modules/native': { dev: undefined, optional: true },
    });
  });
});
