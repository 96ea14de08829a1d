import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serviceProgram } from './service-program.js';

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'msx-program-'));
});
afterEach(() => rmSync(dist, { recursive: true }));

const program = (environment = {}) => serviceProgram(pathToFileURL(join(dist, 'main.js')), environment);
function write(file: string, second: number) {
  mkdirSync(join(dist, '.bundle'), { recursive: true });
  writeFileSync(join(dist, file), '');
  utimesSync(join(dist, file), second, second);
}

it('a service is started from its bundle, if that is of the last build', () => {
  const [files, bundle] = [join(dist, 'main.js'), join(dist, '.bundle/main.mjs')];
  expect(program()).toBe(files);
  write('.bundle/main.mjs', 20);
  expect(program()).toBe(files);
  write('.stamp', 10);
  expect(program()).toBe(bundle);
  write('.stamp', 30);
  expect(program()).toBe(files);
});

it.each([
  ['for coverage', 'NODE_V8_COVERAGE', '/tmp/coverage'],
  ['without bundles', 'MSX_BUNDLE', 'off'],
] as const)('a service is started from its files %s', (_, name, value) => {
  write('.stamp', 10);
  write('.bundle/main.mjs', 20);
  expect(program({ [name]: value })).toBe(join(dist, 'main.js'));
});
