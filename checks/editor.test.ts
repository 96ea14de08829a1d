import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshClone } from './fresh-clone.fixture.js';
import { errorsShownIn } from './language-server.fixture.js';

describe('an editor in a fresh clone', () => {
  let clone: string;

  beforeAll(() => {
    clone = freshClone(join(import.meta.dirname, '..'));
  });

  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  const source = 'services/user-service/src/user/user.message.ts';
  const errorsOf = (project: string) => {
    const compiler = join(clone, 'node_modules/typescript-7/bin/tsc');
    const args = [compiler, '--noEmit', '--pretty', 'false', '--project', project];
    return spawnSync(process.execPath, args, { cwd: clone, encoding: 'utf8', timeout: 100_000 }).stdout;
  };

  it('finds no stubs before npm has run prepare', () => {
    expect(errorsOf('services/user-service')).toContain("Cannot find module '../gen/user.js'");
  });

  it('underlines nothing once npm has run prepare', async () => {
    execFileSync('npm', ['run', '--silent', 'prepare'], { cwd: clone, stdio: 'inherit', timeout: 100_000 });
    expect(await errorsShownIn(clone, source)).toEqual([]);
  });

  it('agrees with tsc --noEmit, for all tests and their imports', () => {
    expect(errorsOf('tsconfig.test.json')).toBe('');
  });
});
