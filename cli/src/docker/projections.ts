import { filesIn } from '../system/file-tree.js';
import { parseJson } from '../system/read-file.js';
import type { FileTree } from '../system/file-tree.js';
import type { Projection } from '../system/projection.js';
import type { System } from '../system/system.js';
import { composeFile, portsFile } from './compose.js';
import { dockerfile } from './dockerfile.js';
import type { ImageSettings } from './dockerfile.js';

export function projectionsOf(system: System, files = filesIn(system.root)): Projection[] {
  const settings = imageSettings(system, files);
  return [
    ...system.services.map((service) => ({
      path: `${service.path}/Dockerfile`,
      text: dockerfile(service, settings),
    })),
    { path: 'docker-compose.yml', text: composeFile(system) },
    { path: 'docker-compose.ports.yml', text: portsFile(system) },
  ];
}

/** npm takes workspaces in both forms. */
interface Manifest {
  readonly workspaces?: readonly string[] | { readonly packages: readonly string[] };
}

function imageSettings({ docker }: System, files: FileTree): ImageSettings {
  const { workspaces = [] } = parseJson<Manifest>(files.read('package.json') ?? '{}', 'package.json');
  const patterns = 'packages' in workspaces ? workspaces.packages : workspaces;
  return {
    node: docker.node,
    workspaces: patterns.flatMap((pattern) => foldersOf(files, pattern)).sort(),
    vendor: files.has('vendor'),
  };
}

/** What npm finds for `services/*`, or for a plain path. */
function foldersOf(files: FileTree, pattern: string): string[] {
  const parent = pattern.endsWith('/*') ? pattern.slice(0, -2) : undefined;
  const folders = parent === undefined ? [pattern] : files.names(parent).map((name) => `${parent}/${name}`);
  return folders.filter((folder) => files.has(`${folder}/package.json`));
}
