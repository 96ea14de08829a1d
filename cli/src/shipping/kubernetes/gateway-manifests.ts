import type { Cluster } from './cluster.js';
import { labelsOf, selectorOf } from './labels.js';
import type { Manifest } from './manifest.js';
import { serviceManifests } from './service-manifests.js';
import type { Service } from '../../model/system/system.js';

const HTTP_PORT = 80;

/** A service that is reachable from outside: at an address of its own, or behind an Ingress. */
export function gatewayManifests(cluster: Cluster, service: Service): Manifest[] {
  const { name } = service;
  const labels = labelsOf(cluster.system.name, name);
  return [
    ...serviceManifests(cluster, service),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: {
        type: 'LoadBalancer',
        selector: selectorOf(name),
        ports: [{ name: 'http', port: HTTP_PORT, targetPort: 'main' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, labels },
      spec: ingress(cluster, name),
    },
  ];
}

function ingress({ host, ingressClass, tlsSecret }: Cluster, name: string) {
  const backend = { service: { name, port: { name: 'http' } } };
  return {
    ...(ingressClass && { ingressClassName: ingressClass }),
    ...(tlsSecret && { tls: [{ ...(host && { hosts: [host] }), secretName: tlsSecret }] }),
    rules: [{ ...(host && { host }), http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  };
}
