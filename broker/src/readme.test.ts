import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { registry } from './apis/registry.js';
import { usageOf } from './help.js';
import { optionTable, type Option } from './options.js';
import { topicSettings } from './topics/topic-config.js';

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

  it('names settings that exist', () => {
    const [, section] = /## Topic settings with an effect\n([^#]+)/.exec(readme)!;
    const named = [...section!.matchAll(/`([a-z]+\.[a-z.]+)`/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(topicSettings)).toEqual(expect.arrayContaining(named));
  });
});
