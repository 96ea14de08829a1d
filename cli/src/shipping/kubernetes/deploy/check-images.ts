import { MsxError } from '../../../terminal/errors/msx-error.js';
import { imageOf } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { imagesJob } from '../images-job.js';
import type { ApiProxy } from './api-proxy.js';
import { apply } from './apply.js';
import type { ApplyContext } from './apply.js';
import { awaitRollout, idOf } from './await-rollout.js';

interface PullContext extends ApplyContext {
  readonly cluster: Cluster;
  readonly deadline: number;
}

/** The images that are missing on some node; all of them if the user may not list nodes. */
export async function missingImages(api: ApiProxy, cluster: Cluster): Promise<string[]> {
  const images = cluster.system.services.map((service) => imageOf(cluster, service));
  return missingIn(await imagesOfNodes(api), images);
}

/** Has a pod pull the images, before anything depends on them. Throws IMAGES_NOT_IN_CLUSTER. */
export async function tryToPull(context: PullContext, images: readonly string[]): Promise<void> {
  if (images.length === 0) return;
  const { api, kubectl, cluster, deadline, signal } = context;
  const job = imagesJob(cluster, images);
  const { name } = job.metadata;
  await apply(context, [job]);
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

/** The image names on each node; none if the user may not list nodes. */
async function imagesOfNodes(api: ApiProxy): Promise<string[][]> {
  const request = { method: 'GET', path: '/api/v1/nodes', answers: [403] } as const;
  const { status, body } = await api.send<{ items: Node[] }>(request);
  if (status === 403) return [[]];
  return body.items.map((node) => (node.status.images ?? []).flatMap(({ names = [] }) => names));
}

/** The images that are missing on some node; a node lists fifty images at most. */
export function missingIn(nodes: readonly (readonly string[])[], images: readonly string[]): string[] {
  const present = nodes.map((names) => new Set(names));
  return images.filter((image) => !present.every((names) => names.has(fullName(image))));
}

/** Adds the default registry to a name without one. */
function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
