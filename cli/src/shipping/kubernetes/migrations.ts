import { imageOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { settingsName } from './deployment.js';
import { labelsOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { containerSecurity, mountsOf, podSecurity, resources, withoutExtras } from './pod.js';
import { databaseOf } from './traffic.js';
import { secretsOf, settingsOf } from './service-environment.js';
import type { Service } from '../../model/system/system.js';

/**
 * A Job for each database, which migrates its schema to that of the new image before any of its pods starts. A lock in
 * the database prevents two migrations at once.
 */
export function migrationManifests(cluster: Cluster): Manifest[] {
  return cluster.system.services
    .filter(({ database }) => database)
    .flatMap((service) => [policy(cluster, service), job(cluster, service)]);
}

/** Opens the network to the database alone. */
function policy(cluster: Cluster, { name }: Service): Manifest {
  const manifest = networkPolicy(cluster.system.name, `migrate-${name}`, {
    from: [],
    to: [databaseOf(cluster)],
  });
  return { ...manifest, metadata: { ...manifest.metadata, namespace: cluster.namespace } };
}

function job(cluster: Cluster, service: Service): Manifest {
  const { system, namespace } = cluster;
  const { name } = service;
  const secrets = mountsOf(secretsOf(cluster, service));
  const template = {
    metadata: { labels: labelsOf(system.name, `migrate-${name}`) },
    spec: {
      ...withoutExtras,
      serviceAccountName: name,
      restartPolicy: 'Never',
      securityContext: podSecurity(1000),
      containers: [
        {
          name: 'migrate',
          image: imageOf(cluster, service),
          imagePullPolicy: 'IfNotPresent',
          args: ['node', 'dist/main.js', 'db', 'migrate'],
          envFrom: [{ configMapRef: { name: settingsName(name, settingsOf(cluster, service)) } }],
          resources: resources('50m', '128Mi', '512Mi'),
          securityContext: containerSecurity(),
          volumeMounts: [...secrets.volumeMounts, { name: 'scratch', mountPath: '/tmp' }],
        },
      ],
      volumes: [...secrets.volumes, { name: 'scratch', emptyDir: {} }],
    },
  };
  const labels = labelsOf(system.name, `migrate-${name}`);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `migrate-${name}-${fingerprint(template)}`, namespace, labels },
    spec: { backoffLimit: 1, template },
  };
}
