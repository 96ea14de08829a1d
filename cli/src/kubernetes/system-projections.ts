import { projectionsOf } from '../docker/projections.js';
import type { FileTree } from '../system/file-tree.js';
import type { Projection } from '../system/projection.js';
import type { System } from '../system/system.js';
import { clusterOf } from './cluster.js';
import { manifestProjections } from './projections.js';

/** All that `msx render` writes. */
export const systemProjections = (system: System, files?: FileTree): Projection[] => [
  ...projectionsOf(system, files),
  ...manifestProjections(clusterOf(system)),
];
