import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { MSX_INTERNAL_VARIABLES, MSX_VARIABLES } from './msx-variables.js';

const cli = fileURLToPath(new URL('../../..', import.meta.url));
const folders = ['src', 'bin', 'jest'].map((name) => join(cli, name));
const sources = folders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|fixture)\.|msx-variables/.test(file));

describe('the variables of msx', () => {
  it('are those that its sources name', () => {
    const named = sources.flatMap((file) => readFileSync(file, 'utf8').match(/\bMSX_[A-Z_]+\b/g) ?? []);
    const listed = [...Object.keys(MSX_VARIABLES), ...Object.keys(MSX_INTERNAL_VARIABLES)].filter((name) =>
      name.startsWith('MSX_'),
    );
    expect(listed.sort()).toEqual([...new Set(named)].sort());
  });
});
