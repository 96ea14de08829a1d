import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { execFileSync } from 'node:child_process';
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
    const context = buildContext(join(folder, 'system'), ['services/a/Dockerfile']);
    mkdirSync(join(folder, 'context'));
    execFileSync('tar', ['-xz', '-C', join(folder, 'context')], { input: await buffer(context) });
    expect(readFileSync(join(folder, 'context/services/a/main.ts'), 'utf8')).toBe('a');
    expect(readdirSync(join(folder, 'context/services/a'))).toEqual(['Dockerfile', 'main.ts']);
    expect(readdirSync(join(folder, 'context/services/b'))).toEqual(['main.ts']);
  });

  it('keeps links and modes', async () => {
    symlinkSync('a/main.ts', join(folder, 'system/services/link.ts'));
    chmodSync(join(folder, 'system/services/b/main.ts'), 0o755);
    mkdirSync(join(folder, 'copy'));
    const input = await buffer(buildContext(join(folder, 'system'), []));
    execFileSync('tar', ['-xzp', '-C', join(folder, 'copy')], { input });
    expect(readlinkSync(join(folder, 'copy/services/link.ts'))).toBe('a/main.ts');
    expect(statSync(join(folder, 'copy/services/b/main.ts')).mode & 0o777).toBe(0o755);
  });

  it('fails when a file cannot be read', async () => {
    await expect(buffer(buildContext(join(folder, 'missing'), []))).rejects.toThrow('ENOENT');
  });
});
