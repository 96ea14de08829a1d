import { labelsOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest } from './manifest.js';
import type { Cluster } from './cluster.js';
import { containerSecurity, podSecurity, resources, withoutExtras } from './pod.js';

/** Runs a no-op in each of these images, which forces the node to pull them. */
export function imagesJob({ system, namespace }: Cluster, images: readonly string[]): Manifest {
  const labels = labelsOf(system.name, 'images');
  const containers = images.map((image, n) => ({
    name: `image-${n}`,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', '-e', ''],
    resources: resources('1m', '16Mi', '64Mi'),
    securityContext: containerSecurity(),
  }));
  const template = {
    metadata: { labels },
    spec: { ...withoutExtras, restartPolicy: 'Never', securityContext: podSecurity(1000), containers },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `images-${fingerprint(template)}`, namespace, labels },
    spec: { backoffLimit: 0, template },
  };
}
