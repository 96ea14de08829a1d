import type { ApiProxy } from './api-proxy.js';
import type { KubeObject, Workload } from './workload.js';
import { workloadsOf } from './workload-state.js';

/** The part of the API that reading the state of a system needs. */
export type ListApi = Pick<ApiProxy, 'namespace' | 'sendAll'>;

/** The current workloads of a system, with what each is waiting for. */
export async function clusterState(api: ListApi, system: string): Promise<Workload[]> {
  const paths = Object.entries(pathsOf(api.namespace, system));
  const requests = paths.map(([, path]) => ({ method: 'GET', path }) as const);
  const lists = await api.sendAll<{ items: Omit<KubeObject, 'kind'>[] }>(requests);
  return workloadsOf(
    lists.flatMap(({ body }, index) => body.items.map((item) => ({ ...item, kind: paths[index]![0] }))),
  );
}

/** The path of each kind, since an item in a list of the API does not state its kind. */
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
