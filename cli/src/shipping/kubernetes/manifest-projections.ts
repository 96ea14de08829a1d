import type { Projection } from '../../model/system/projection.js';
import type { Cluster } from './cluster.js';
import { gatewayManifests } from './gateway-manifests.js';
import { kafkaManifests } from './kafka-manifests.js';
import { manifestText } from './manifest.js';
import type { Manifest } from './manifest.js';
import { namespaceManifests } from './namespace-manifests.js';
import { postgresManifests } from './postgres-manifests.js';
import { secretsManifests } from './secrets-manifests.js';
import { serviceManifests } from './service-manifests.js';

interface ManifestFile {
  readonly name: string;
  readonly title: string;
  readonly manifests: readonly Manifest[];
}

/** The files of `k8s/`, except those that would be empty. kubectl applies them in the order of their names. */
function manifestFiles(cluster: Cluster): ManifestFile[] {
  const { services } = cluster.system;
  const gateways = services.filter(({ kind }) => kind === 'graphql');
  const others = services.filter(({ kind }) => kind !== 'graphql');
  const files: ManifestFile[] = [
    {
      name: '00-namespace',
      title: 'the namespace, and a network closed by default',
      manifests: namespaceManifests(cluster),
    },
    {
      name: '10-secrets',
      title: 'the jobs that create missing Secrets',
      manifests: secretsManifests(cluster),
    },
    { name: 'kafka', title: 'the broker', manifests: kafkaManifests(cluster) },
    { name: 'postgres', title: 'PostgreSQL, and the databases', manifests: postgresManifests(cluster) },
    {
      name: 'services',
      title: 'the services',
      manifests: others.flatMap((service) => serviceManifests(cluster, service)),
    },
    ...gateways.map((service) => ({
      name: service.name,
      title: 'a gateway',
      manifests: gatewayManifests(cluster, service),
    })),
  ];
  return files
    .filter(({ manifests }) => manifests.length > 0)
    .map(({ manifests, ...file }) => ({
      ...file,
      manifests: manifests.map((one) => inNamespace(cluster, one)),
    }));
}

export const allManifests = (cluster: Cluster): Manifest[] =>
  manifestFiles(cluster).flatMap(({ manifests }) => manifests);

export const manifestProjections = (cluster: Cluster, folder = 'k8s'): Projection[] =>
  manifestFiles(cluster).map(({ name, title, manifests }) => ({
    path: `${folder}/${name}.yaml`,
    text: manifestText(title, manifests),
  }));

function inNamespace({ namespace }: Cluster, manifest: Manifest): Manifest {
  if (manifest.kind === 'Namespace') return manifest;
  const { name, ...rest } = manifest.metadata;
  return { ...manifest, metadata: { name, namespace, ...rest } };
}
