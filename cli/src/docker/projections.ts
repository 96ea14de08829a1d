import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { System } from '../system/system.js';
import { composeFile, portsFile } from './compose.js';
import { dockerfile } from './dockerfile.js';
import type { ImageSettings } from './dockerfile.js';

/** A file that follows from msx.yaml alone, and that nobody edits. */
export interface Projection {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

export function projectionsOf(system: System): Projection[] {
  const settings = imageSettings(system);
  return [
    ...system.services.map((service) => ({
      path: `${service.path}/Dockerfile`,
      text: dockerfile(service, settings),
    })),
    { path: 'docker-compose.yml', text: composeFile(system) },
    { path: 'docker-compose.ports.yml', text: portsFile(system) },
  ];
}

/** Those that are not as msx.yaml has them now. */
export function staleProjections(system: System): Projection[] {
  return projectionsOf(system).filter(({ path, text }) => {
    const file = join(system.root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
}

export function writeProjection({ root }: System, { path, text }: Projection): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function imageSettings({ root, docker }: System): ImageSettings {
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces?: string[];
  };
  return {
    node: docker.node,
    workspaces: workspaces.flatMap((pattern) => foldersOf(root, pattern)).sort(),
    vendor: existsSync(join(root, 'vendor')),
  };
}

/** What npm finds for `services/*`, or for a plain path. */
function foldersOf(root: string, pattern: string): string[] {
  const parent = pattern.endsWith('/*') ? pattern.slice(0, -2) : undefined;
  const folders =
    parent === undefined ? [pattern] : readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  return folders.filter((folder) => existsSync(join(root, folder, 'package.json')));
}
