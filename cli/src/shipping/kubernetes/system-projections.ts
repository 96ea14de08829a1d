import { dockerProjections } from '../docker/docker-projections.js';
import type { FileTree } from '../../model/system/file-tree.js';
import type { Projection } from '../../model/system/projection.js';
import type { System } from '../../model/system/system.js';
import { readmeProjections } from '../../model/readme/readme-projections.js';
import { clusterOf } from './cluster.js';
import { manifestProjections } from './manifest-projections.js';

/** Everything that `msx render` writes. */
export const systemProjections = (system: System, files?: FileTree): Projection[] => [
  ...dockerProjections(system, files),
  ...manifestProjections(clusterOf(system)),
  ...readmeProjections(system, files),
];
