import { afterEach, beforeEach } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundleFile } from './bundle-file.js';
import { PackageCheck, isBundled } from './bundle-stamp.js';
import { bundleServices } from './bundle-services.js';
import { withEnvironment } from '../../../with-environment.fixture.js';
import type { Service, System } from '../../../model/system/system.js';

/** The folder of a small system, new for each test. */
export let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-bundling-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

export const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

export const service = (): Service =>
  ({ name: 'tool-shed', kind: 'grpc', folder: join(root, 'tool-shed') }) as Service;

/** A program of own code that prints what `packages` give it; the packages are given by their files. */
export function writeSystem(
  main: string,
  packages: Record<string, string>,
  facts: Record<string, object> = {},
) {
  write('tool-shed/package.json', '{ "type": "module" }');
  write('tool-shed/dist/main.js', main);
  const names = new Set(Object.keys(packages).map((file) => file.split('/')[0]!));
  for (const [file, text] of Object.entries(packages)) write(`node_modules/${file}`, text);
  const installed = [...names].map((name) => [`node_modules/${name}`, { version: '1.0.0', ...facts[name] }]);
  write('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(installed) }));
}

/** A file that was written in the same step of the clock may be written again in it. */
export async function bundle(system = root): Promise<void> {
  await pause(20);
  await withEnvironment({ XDG_CACHE_HOME: join(root, 'cache') }, () =>
    bundleServices({ root: system } as System, new Map([[service(), 'stamps']])),
  );
}
export const isFresh = (stamps = 'stamps') =>
  isBundled(service(), stamps, new PackageCheck(join(root, 'node_modules')));

const run = (file: string) =>
  execFileSync(process.execPath, ['--enable-source-maps', file], {
    encoding: 'utf8',
    cwd: join(root, 'tool-shed'),
  });
export const bundled = () => run(bundleFile(service().folder));
export const unbundled = () => run('dist/main.js');
export const isFallback = () =>
  readFileSync(bundleFile(service().folder), 'utf8') === "import '../main.js';\n";
