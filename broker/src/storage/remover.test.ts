import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { silent } from '../log-line.js';
import { diskFileSystem } from './file-system.js';
import { directories } from '../test-directory.fixture.js';
import { Remover } from './remover.js';

const directory = directories();

const filled = (): string => {
  const path = join(directory(), 'topic.deleted');
  for (const partition of ['0', '1']) {
    mkdirSync(join(path, partition), { recursive: true });
    writeFileSync(join(path, partition, '0.log'), 'records');
  }
  return path;
};

it('removes a directory with everything in it', async () => {
  const remover = new Remover(silent, diskFileSystem);
  const path = filled();
  remover.remove(path);
  expect(existsSync(path)).toBe(true);
  await remover.idle();
  expect(existsSync(path)).toBe(false);
});

it('stops when it is closed, and leaves the rest', async () => {
  const remover = new Remover(silent, diskFileSystem);
  const path = filled();
  remover.remove(path);
  await remover.close();
  expect(readdirSync(path).length).toBeGreaterThan(0);
});

it('reports what it cannot remove, and goes on', async () => {
  const messages: string[] = [];
  const remover = new Remover((_, message) => messages.push(message), diskFileSystem);
  const path = filled();
  remover.remove(join(path, 'nothing'));
  remover.remove(path);
  await remover.idle();
  expect(messages).toEqual(['directory not removed']);
  expect(existsSync(path)).toBe(false);
});
