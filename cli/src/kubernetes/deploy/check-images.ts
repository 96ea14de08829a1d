import { MsxError } from '../../errors/msx-error.js';
import { imageOf } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { imagesJob } from '../images-job.js';
import type { ApiProxy } from './api-proxy.js';
import { apply } from './apply.js';
import type { ApplyWish } from './apply.js';
import { awaitRollout, idOf } from './await-rollout.js';

interface PullWish extends ApplyWish {
  readonly cluster: Cluster;
  readonly deadline: number;
}

/** The images that some node does not have; all of them where one may not look at nodes. */
export async function missingImages(api: ApiProxy, cluster: Cluster): Promise<string[]> {
  const images = cluster.system.services.map((service) => imageOf(cluster, service));
  return missingIn(await imagesOfNodes(api), images);
}

/** Whether the cluster can get images, before anything depends on them: a pod tries. Throws IMAGES_NOT_IN_CLUSTER. */
export async function tryToPull(wish: PullWish, images: readonly string[]): Promise<void> {
  if (images.length === 0) return;
  const { api, kubectl, cluster, deadline, signal } = wish;
  const job = imagesJob(cluster, images);
  const { name } = job.metadata;
  await apply(wish, [job]);
  const goal = { system: cluster.system.name, workloads: [idOf({ kind: 'Job', name })], deadline, signal };
  const { workloads, outcome } = await awaitRollout(api, { ...goal, show: () => {} }).finally(() =>
    kubectl.run(['delete', 'job', name, '--ignore-not-found', '--wait=false']),
  );
  if (outcome === 'done') return;
  const failures = workloads.map(({ waitingFor }) => waitingFor);
  throw new MsxError('IMAGES_NOT_IN_CLUSTER', { failures });
}

interface Node {
  readonly status: { readonly images?: readonly { readonly names?: readonly string[] }[] };
}

/** The names that each has; none where one may not look at nodes. */
async function imagesOfNodes(api: ApiProxy): Promise<string[][]> {
  const request = { method: 'GET', path: '/api/v1/nodes', answers: [403] } as const;
  const { status, body } = await api.send<{ items: Node[] }>(request);
  if (status === 403) return [[]];
  return body.items.map((node) => (node.status.images ?? []).flatMap(({ names = [] }) => names));
}

/** Those that some node does not have; a node lists fifty images at most. */
export function missingIn(nodes: readonly (readonly string[])[], images: readonly string[]): string[] {
  const there = nodes.map((names) => new Set(names));
  return images.filter((image) => !there.every((names) => names.has(fullName(image))));
}

/** With the registry that a name without one stands for. */
function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
