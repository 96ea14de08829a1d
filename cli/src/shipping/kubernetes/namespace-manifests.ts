import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import type { Manifest } from './manifest.js';
import { closedNetwork } from './network-policies.js';

/** The namespace, which admits no pod that could harm its node, and a network that is closed by default. */
export function namespaceManifests({ namespace, system }: Cluster): Manifest[] {
  const restricted = ['enforce', 'audit', 'warn'].map((mode) => [
    `pod-security.kubernetes.io/${mode}`,
    'restricted',
  ]);
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { ...labelsOf(system.name, namespace), ...Object.fromEntries(restricted) },
      },
    },
    ...closedNetwork(system.name),
  ];
}
