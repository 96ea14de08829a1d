import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const gateway = join(import.meta.dirname, '../gateway');
const read = <T>(file: string) => JSON.parse(readFileSync(join(gateway, file), 'utf8')) as T;

type Copied = Record<string, { package: string; version: string; sha256: string }>;
const copied = Object.entries(read<Copied>('assets/assets.json'));
const { devDependencies } = read<{ devDependencies: Record<string, string> }>('playground/package.json');

describe('the committed assets of the playground', () => {
  it.each(copied)('%s is a copy from the version in gateway/playground/package.json', (name, asset) => {
    expect({ [asset.package]: asset.version }).toEqual({ [asset.package]: devDependencies[asset.package] });
    const content = readFileSync(join(gateway, 'assets', name));
    // Otherwise: npm run playground
    expect(createHash('sha256').update(content).digest('hex')).toBe(asset.sha256);
  });

  it('are from all packages in gateway/playground/package.json', () => {
    const packages = new Set(copied.map(([, asset]) => asset.package));
    expect([...packages].sort()).toEqual(Object.keys(devDependencies).sort());
  });
});
