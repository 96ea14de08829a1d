import { labelsOf, selectorOf } from './labels.js';
import type { Manifest } from './manifest.js';

export interface TrafficRule {
  /** Names of pods (default: any peer). */
  readonly pods?: readonly string[];
  readonly ports: readonly number[];
}

export interface Traffic {
  readonly from: readonly TrafficRule[];
  readonly to: readonly TrafficRule[];
}

/** Denies all traffic that no other policy allows, except for DNS. */
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

/** The policy types close what no rule opens. Empty lists are left out: the API drops them, and would see a change each time. */
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
