import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { workspacePackages } from './workspace-packages.js';
import { inputsOf } from '../../code/build/project-inputs.js';
import type { Watch } from '../engine/spec.js';
import type { Service, System } from '../../model/system/system.js';

/** The relevant files of a package: those that it is built from, and those that it reads at the start. */
const PACKAGE_FILES = ['src', 'config', 'package.json', 'tsconfig.json'];

/** The files and folders whose edits affect these services: their packages, the contracts, and shared settings. */
export function watchesOf(system: System, services: Service[]): Watch[] {
  const packages = new Set(services.flatMap(({ folder }) => workspacePackages(system.root, folder)));
  const inputs = services.flatMap(({ folder }) => inputsOf(system.root, folder).files);
  const shared = inputs.filter((file) => dirname(file) === system.root);
  return [
    ...[...packages].map((folder) => ({ folder, names: PACKAGE_FILES })),
    { folder: system.protoFolder },
    { folder: system.root, names: [...new Set(shared.map((file) => file.slice(system.root.length + 1)))] },
  ].filter(({ folder }) => existsSync(folder));
}
