import { MsxError } from '../../errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import { checkManifests } from './apply.js';
import { deployedManifests } from './deploy.js';
import type { Kubectl } from './kubectl.js';
import { checkPermissions, namespaceThere } from './preflight.js';

/** Has the cluster check everything. Without the namespace it can check nothing in it: throws NOT_DEPLOYED. */
export async function dryRun(kubectl: Kubectl, cluster: Cluster): Promise<{ objects: number }> {
  await checkPermissions(kubectl);
  const { namespace, system } = cluster;
  if (!(await namespaceThere(kubectl)))
    throw new MsxError('NOT_DEPLOYED', { system: system.name, namespace });
  const manifests = deployedManifests(cluster);
  await checkManifests(kubectl, manifests);
  return { objects: manifests.length };
}
