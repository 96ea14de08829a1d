import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { storedResults, tableOf, withResult, withTable } from '../scripts/compatibility.mjs';
import { registry } from './apis/registry.js';
import { topicSettings } from './settings/topic-settings.js';
import { usageOf } from './help.js';
import { optionTable, type Option } from './options.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists exactly what the registry serves', () => {
    const rows = [...readme.matchAll(/^\| (\d+) +\| (\w+) +\| (\d+)(?:–(\d+))? +\|$/gm)];
    const listed = rows.map(([, key, name, first, last = first]) => [
      Number(key),
      name,
      Number(first),
      Number(last),
    ]);
    expect(listed).toEqual(registry.map(({ api }) => [api.key, api.name, ...api.versions]));
  });

  it('lists all options as the help does', () => {
    const rows = [...readme.matchAll(/^\| `(-[^`]+)` +\| (.+?) +\| (?:`(.+?)`)? +\|$/gm)];
    const listed = rows.map(([, usage, text, byDefault]) => [usage, text, byDefault]);
    const options: [string, Option][] = Object.entries(optionTable);
    expect(listed).toEqual(
      options.map(([name, option]) => [usageOf(name, option), option.text, option.default]),
    );
  });

  it('has the results of the client suites', () => {
    const results = storedResults();
    expect(results.length).toBeGreaterThan(0);
    expect(withTable(readme, results)).toBe(readme);
  });

  it('names settings that exist', () => {
    const [, section] = /## Topic settings with an effect\n([^#]+)/.exec(readme)!;
    const named = [...section!.matchAll(/`([a-z]+\.[a-z.]+)`/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(topicSettings)).toEqual(expect.arrayContaining(named));
  });
});

describe('the table of compatibility', () => {
  const result = { suite: 's', client: 'c', version: '1', passed: 1, total: 2, date: '2026-01-01' };

  it('has the last result of each client, in order', () => {
    const other = { ...result, client: 'b' };
    const better = { ...result, passed: 2 };
    expect(withResult([result, other], better)).toEqual([other, better]);
  });

  it('shows what passed of how many', () => {
    expect(tableOf([result]).split('\n')[2]).toMatch(/^\| s +\| c +\| 1 +\| 1 of 2 +\| 2026-01-01 \|$/);
  });
});
