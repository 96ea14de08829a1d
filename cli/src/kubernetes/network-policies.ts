import { labelsOf, selectorOf } from './labels.js';
import type { Manifest } from './manifest.js';

export interface Reach {
  /** Of these pods; anyone's unless given. */
  readonly pods?: readonly string[];
  readonly ports: readonly number[];
}

export interface Traffic {
  readonly from: readonly Reach[];
  readonly to: readonly Reach[];
}

/** Nothing may be reached, and nothing reached out for, unless a policy says so; names may be asked for by all. */
export function closedNetwork(system: string): Manifest[] {
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'closed', labels: labelsOf(system, 'network') },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'names', labels: labelsOf(system, 'network') },
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
    },
  ];
}

/** What no rule opens is closed by the types. The API drops a list without rules, and would see a change whenever it comes. */
export function networkPolicy(system: string, part: string, { from, to }: Traffic): Manifest {
  const ingress = from.map(({ pods, ports }) => ({ ...(pods && { from: peers(pods) }), ports: tcp(ports) }));
  const egress = to.map(({ pods, ports }) => ({ ...(pods && { to: peers(pods) }), ports: tcp(ports) }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: part, labels: labelsOf(system, part) },
    spec: {
      podSelector: { matchLabels: selectorOf(part) },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  };
}

const peers = (pods: readonly string[]) =>
  pods.map((pod) => ({ podSelector: { matchLabels: selectorOf(pod) } }));
const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
