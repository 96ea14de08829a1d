import { MsxError } from '../../errors/msx-error.js';
import { imageOf } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { imagesJob } from '../images-job.js';
import { apply } from './apply.js';
import { awaitRollout, idOf } from './await-rollout.js';
import type { Kubectl } from './kubectl.js';

interface PullWish {
  readonly kubectl: Kubectl;
  readonly cluster: Cluster;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** The images that some node does not have; all of them where one may not look at nodes. */
export async function missingImages(kubectl: Kubectl, cluster: Cluster): Promise<string[]> {
  const images = cluster.system.services.map((service) => imageOf(cluster, service));
  return missingIn(await imagesOfNodes(kubectl), images);
}

/** Whether the cluster can get images, before anything depends on them: a pod tries. Throws IMAGES_NOT_IN_CLUSTER. */
export async function tryToPull(
  { kubectl, cluster, deadline, signal }: PullWish,
  images: readonly string[],
): Promise<void> {
  if (images.length === 0) return;
  const job = imagesJob(cluster, images);
  const { name } = job.metadata;
  await apply(kubectl, [job], { signal });
  const goal = { system: cluster.system.name, workloads: [idOf({ kind: 'Job', name })], deadline, signal };
  const { workloads, outcome } = await awaitRollout(kubectl, { ...goal, show: () => {} }).finally(() =>
    kubectl.run(['delete', 'job', name, '--ignore-not-found', '--wait=false']),
  );
  if (outcome === 'done') return;
  const failures = workloads.map(({ waitingFor }) => waitingFor);
  throw new MsxError('IMAGES_NOT_IN_CLUSTER', { failures });
}

/** A line of names for each node; an empty one where one may not look at nodes. */
async function imagesOfNodes(kubectl: Kubectl): Promise<string[]> {
  const names = 'jsonpath={range .items[*]}{.status.images[*].names[*]}{"\\n"}{end}';
  const text = await kubectl.run(['get', 'nodes', '-o', names]).catch((error: unknown) => {
    if (error instanceof MsxError && error.code === 'CLUSTER_FORBIDDEN') return '';
    throw error;
  });
  return text.split('\n');
}

/** Those that some node does not have; a node lists fifty images at most. */
export function missingIn(nodes: readonly string[], images: readonly string[]): string[] {
  const there = nodes.map((names) => new Set(names.split(' ')));
  return images.filter((image) => !there.every((names) => names.has(fullName(image))));
}

/** With the registry that a name without one stands for. */
function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
