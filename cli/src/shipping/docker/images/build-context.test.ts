import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-fs';
import { buildContext } from './build-context.js';

describe('the build context', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'context-'));
    for (const service of ['a', 'b']) {
      mkdirSync(join(folder, 'system/services', service), { recursive: true });
      for (const file of ['Dockerfile', 'main.ts', 'x.log'])
        writeFileSync(join(folder, 'system/services', service, file), service);
    }
    writeFileSync(join(folder, 'system/.dockerignore'), '**/Dockerfile\n**/*.log\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('contains the files that are not ignored, and those that are named', async () => {
    const context = await buildContext(join(folder, 'system'), ['services/a/Dockerfile']);
    await pipeline(context, createGunzip(), tar.extract(join(folder, 'context')));
    expect(readdirSync(join(folder, 'context/services/a'))).toEqual(['Dockerfile', 'main.ts']);
    expect(readdirSync(join(folder, 'context/services/b'))).toEqual(['main.ts']);
  });
});
