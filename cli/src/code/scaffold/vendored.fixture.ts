import { expect } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Vendored } from './kit.js';

export const withNewerVersion = (vendored: Vendored): Vendored => ({
  ...vendored,
  manifest: { ...vendored.manifest, version: '9.9.9' },
  file: vendored.file.replace(/-\d.*/, '-9.9.9.tgz'),
});

/**
 * Expects every reference to our packages in the manifests and the lock file of a system to point to this version in
 * `vendor/`.
 */
export function expectVendored(root: string, version: string): void {
  const workspaces = readdirSync(join(root, 'services')).map((name) => `services/${name}/package.json`);
  const files = ['package.json', 'package-lock.json', ...workspaces];
  const references = files.flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8')
        // Peer dependencies are not fetched.
        .replace(/"peerDependencies": \{[^}]*\}/g, '')
        .matchAll(/"@msx\/[\w-]+": "(.*)"/g),
    ].map((found) => found[1]!),
  );
  expect(references.length).toBeGreaterThan(workspaces.length);
  for (const reference of references) expect(reference).toMatch(/^file:(\.\.\/\.\.\/)?vendor\/msx-/);
  for (const reference of references) expect(reference).toContain(`-${version}.tgz`);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const own = Object.entries(lock.packages).filter(([place]) => place.includes('node_modules/@msx/'));
  expect(own.length).toBeGreaterThan(0);
  for (const [, { resolved }] of own) expect(resolved).toMatch(/^file:vendor\/msx-/);
}
