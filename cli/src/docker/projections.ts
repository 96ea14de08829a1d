import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '../system/projection.js';
import type { System } from '../system/system.js';
import { composeFile, portsFile } from './compose.js';
import { dockerfile } from './dockerfile.js';
import type { ImageSettings } from './dockerfile.js';

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
