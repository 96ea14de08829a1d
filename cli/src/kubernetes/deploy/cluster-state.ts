import type { ApiProxy } from './api-proxy.js';
import type { KubeObject, Workload } from './workload.js';
import { workloadsOf } from './workload-state.js';

/** Of the API, all that it takes to know how far a system is. */
export type Watched = Pick<ApiProxy, 'namespace' | 'sendAll'>;

/** The workloads of a system as they are now, with what keeps them from being done. */
export async function clusterState(api: Watched, system: string): Promise<Workload[]> {
  const paths = Object.entries(pathsOf(api.namespace, system));
  const requests = paths.map(([, path]) => ({ method: 'GET', path }) as const);
  const lists = await api.sendAll<{ items: Omit<KubeObject, 'kind'>[] }>(requests);
  return workloadsOf(
    lists.flatMap(({ body }, index) => body.items.map((item) => ({ ...item, kind: paths[index]![0] }))),
  );
}

/** Of each kind; an item in a list of the API does not say its kind. */
function pathsOf(namespace: string, system: string): Record<string, string> {
  const ours = `?labelSelector=${encodeURIComponent(`app.kubernetes.io/part-of=${system}`)}`;
  const of = (group: string, resource: string) => `/${group}/namespaces/${namespace}/${resource}`;
  return {
    Deployment: of('apis/apps/v1', 'deployments') + ours,
    StatefulSet: of('apis/apps/v1', 'statefulsets') + ours,
    ReplicaSet: of('apis/apps/v1', 'replicasets') + ours,
    Job: of('apis/batch/v1', 'jobs') + ours,
    Pod: of('api/v1', 'pods') + ours,
    Event: of('api/v1', 'events') + '?fieldSelector=type%3DWarning',
  };
}
