import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './install-packages.js';

describe('the packages of a new system', () => {
  let folder: string;
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  const never = new AbortController().signal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-install-'));
    const packages = { '': { name: 'garden', version: '1.0.0' } };
    write('package-lock.json', { name: 'garden', version: '1.0.0', lockfileVersion: 3, packages });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are installed without their scripts, but the prepare script of the system runs', async () => {
    const touch = (file: string) => `node -e "fs.writeFileSync('${file}', '')"`;
    const scripts = { postinstall: touch('post'), prepare: touch('stubs') };
    write('package.json', { name: 'garden', version: '1.0.0', scripts });
    await installPackages(folder, never);
    expect([existsSync(join(folder, 'stubs')), existsSync(join(folder, 'post'))]).toEqual([true, false]);
  });

  it('are installed for a system without a prepare script', async () => {
    write('package.json', { name: 'garden', version: '1.0.0' });
    await expect(installPackages(folder, never)).resolves.toBeUndefined();
  });

  it('fail with the error of npm, without its usage text', async () => {
    mkdirSync(join(folder, 'other'));
    write('other/package.json', { name: 'other', version: '1.0.0' });
    write('package.json', { name: 'garden', version: '1.0.0', dependencies: { other: 'file:other' } });
    const error = await installPackages(folder, never).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'INSTALL_FAILED',
      message: expect.stringContaining('Missing: other@'),
    });
    expect((error as Error).message).not.toContain('--workspaces');
  });
});
