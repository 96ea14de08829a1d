import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import { ApiProxy } from './api-proxy.js';
import { checkManifests } from './apply.js';
import { deployedManifests } from './deploy.js';
import type { Kubectl } from './kubectl.js';
import { checkPermissions, namespaceExists } from './preflight.js';

/** Has the cluster validate everything. It can validate nothing without the namespace: throws NOT_DEPLOYED. */
export const dryRun = (kubectl: Kubectl, cluster: Cluster): Promise<{ objects: number }> =>
  ApiProxy.during(kubectl, (api) => check(api, cluster));

async function check(api: ApiProxy, cluster: Cluster): Promise<{ objects: number }> {
  await checkPermissions(api);
  const { namespace, system } = cluster;
  if (!(await namespaceExists(api))) throw new MsxError('NOT_DEPLOYED', { system: system.name, namespace });
  const manifests = deployedManifests(cluster);
  await checkManifests(api, manifests);
  return { objects: manifests.length };
}
