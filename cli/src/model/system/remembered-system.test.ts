import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSystem } from './load-system.js';
import { rememberedSystem, rememberSystem } from './remembered-system.js';

const BUILD = '1';
const MODEL =
  'name: shop\nservices:\n  users: { path: users, kind: grpc, port: 50051, proto: [users.proto] }\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'msx-remembered-'));
  mkdirSync(join(root, 'users'));
  mkdirSync(join(root, 'proto'));
  writeFileSync(join(root, 'proto/users.proto'), '');
  writeFileSync(join(root, 'msx.yaml'), MODEL);
});
afterEach(() => rmSync(root, { recursive: true }));

it('is the system as it was loaded', () => {
  mkdirSync(join(root, '.msx'));
  expect(rememberedSystem(root, BUILD)).toBeUndefined();
  const system = load();
  expect(rememberedSystem(root, BUILD)).toStrictEqual(system);
});

it.each<[string, (memory: string) => void]>([
  ['msx.yaml says something else', () => writeFileSync(join(root, 'msx.yaml'), MODEL.replace('51', '52'))],
  ['a folder is gone', () => rmSync(join(root, 'users'), { recursive: true })],
  ['another msx has loaded it', (memory) => replaceIn(memory, `"build":"${BUILD}"`, '"build":"2"')],
  ['it is half written', (memory) => writeFileSync(memory, readFileSync(memory, 'utf8').slice(0, -9))],
])('is not used when %s', (_, change) => {
  mkdirSync(join(root, '.msx'));
  load();
  expect(rememberedSystem(root, BUILD)).toBeDefined();
  change(join(root, '.msx/system.json'));
  expect(rememberedSystem(root, BUILD)).toBeUndefined();
});

it('is not used in a folder that was moved', () => {
  mkdirSync(join(root, '.msx'));
  load();
  renameSync(root, `${root}-moved`);
  root = `${root}-moved`;
  expect(rememberedSystem(root, BUILD)).toBeUndefined();
});

it('is kept only where msx keeps its files', () => {
  load();
  expect(rememberedSystem(root, BUILD)).toBeUndefined();
});

const load = () => loadSystem(root, (loaded) => rememberSystem(root, { ...loaded, build: BUILD }));

function replaceIn(file: string, pattern: string, text: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, text));
}
