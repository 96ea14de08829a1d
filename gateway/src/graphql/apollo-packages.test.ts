import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apolloInstallation, installedEngines } from './apollo-packages.js';

const gateway = resolve(import.meta.dirname, '../..');
const read = (file: string) =>
  JSON.parse(readFileSync(join(gateway, file), 'utf8')) as Record<string, Record<string, string>>;

describe('the packages of Apollo Server', () => {
  it('are installed in the versions that the gateway is tested with', () => {
    const tested = Object.entries(read('apollo/package.json')['devDependencies']!);
    expect(apolloInstallation).toBe(`npm install ${tested.map((each) => each.join('@')).join(' ')}`);
    expect(read('package.json')['peerDependencies']).toMatchObject(Object.fromEntries(tested));
  });

  it('are all needed for its engine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'packages-'));
    try {
      for (const name of ['@apollo/server', '@as-integrations/fastify', '@nestjs/apollo']) {
        expect(installedEngines([folder])).toEqual(['compiled']);
        mkdirSync(join(folder, name), { recursive: true });
      }
      expect(installedEngines([folder])).toEqual(['compiled', 'apollo']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
