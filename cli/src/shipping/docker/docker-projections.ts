import { filesIn } from '../../model/system/file-tree.js';
import { parseJson } from '../../model/system/read-file.js';
import type { FileTree } from '../../model/system/file-tree.js';
import type { Projection } from '../../model/system/projection.js';
import type { System } from '../../model/system/system.js';
import { composeFile, portsFile } from './compose-file.js';
import { dockerfile } from './dockerfile.js';
import type { ImageSettings } from './dockerfile.js';

export function dockerProjections(system: System, files = filesIn(system.root)): Projection[] {
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

/** npm accepts workspaces in both forms. */
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

/** The folders that npm finds for `services/*`, or for a plain path. */
function foldersOf(files: FileTree, pattern: string): string[] {
  const parent = pattern.endsWith('/*') ? pattern.slice(0, -2) : undefined;
  const folders = parent === undefined ? [pattern] : files.names(parent).map((name) => `${parent}/${name}`);
  return folders.filter((folder) => files.has(`${folder}/package.json`));
}
