import { ROLE_AND_DATABASE } from '../docker/role-sql.js';
import { databaseNameOf } from '../../model/system/database-name.js';
import { secretNames } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { containerSecurity, envOf, mountsOf, podSecurity, resources, withoutExtras } from './pod.js';
import { clusterService, statefulSet } from './stateful-set.js';

const IMAGE = 'postgres:17';
export const POSTGRES_PORT = 5432;
/** The id of the user `postgres` in the image. */
const USER_ID = 999;
const PASSWORD = { name: 'password', path: '/secrets/postgres', secret: secretNames.postgres };

/** PostgreSQL with a role and a database for each service; nothing if the databases are external. */
export function postgresManifests({ system, databases }: Cluster): Manifest[] {
  const { name, services } = system;
  const clients = services.filter(({ database }) => database);
  if (databases === 'external' || clients.length === 0) return [];
  const pods = ['databases', ...clients.flatMap(({ name: client }) => [client, `migrate-${client}`])];
  return [
    clusterService(labelsOf(name, 'postgres'), { port: POSTGRES_PORT, portName: 'postgres' }),
    server(name),
    networkPolicy(name, 'postgres', { from: [{ pods, ports: [POSTGRES_PORT] }], to: [] }),
    databasesJob(name, clients),
    networkPolicy(name, 'databases', { from: [], to: [{ pods: ['postgres'], ports: [POSTGRES_PORT] }] }),
  ];
}

function server(system: string): Manifest {
  return statefulSet(labelsOf(system, 'postgres'), {
    image: IMAGE,
    user: USER_ID,
    port: POSTGRES_PORT,
    portName: 'postgres',
    env: envOf({
      POSTGRES_PASSWORD_FILE: `${PASSWORD.path}/password`,
      PGDATA: '/var/lib/postgresql/data/pgdata',
    }),
    data: '/var/lib/postgresql/data',
    storage: '10Gi',
    resources: ['100m', '256Mi', '1Gi'],
    readiness: {
      exec: { command: ['pg_isready', '-h', '127.0.0.1', '-U', 'postgres'] },
      periodSeconds: 2,
      timeoutSeconds: 10,
    },
    secrets: mountsOf([PASSWORD]),
  });
}

/**
 * Creates missing roles and databases and sets the passwords to those in the Secrets, so that it can run again at any
 * time. A Job is immutable: one with other content has another name.
 */
function databasesJob(system: string, services: Cluster['system']['services']): Manifest {
  const mounts = services.map((service) => ({
    name: databaseNameOf(service).replaceAll('_', '-'),
    path: `/secrets/databases/${databaseNameOf(service)}`,
    secret: secretNames.databaseOf(service.name),
    keys: ['password'],
  }));
  const secrets = mountsOf([PASSWORD, ...mounts]);
  const container = {
    name: 'databases',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    command: ['bash', '-ec', SCRIPT],
    env: envOf({ PGHOST: 'postgres', PGUSER: 'postgres', PGCONNECT_TIMEOUT: 30 }),
    resources: resources('10m', '32Mi', '128Mi'),
    securityContext: containerSecurity(),
    volumeMounts: secrets.volumeMounts,
  };
  const labels = labelsOf(system, 'databases');
  const template = {
    metadata: { labels },
    spec: {
      ...withoutExtras,
      restartPolicy: 'OnFailure',
      securityContext: podSecurity(USER_ID),
      containers: [container],
      volumes: secrets.volumes,
    },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `databases-${fingerprint(template)}`, labels },
    spec: { backoffLimit: 10, activeDeadlineSeconds: 900, template },
  };
}

const SCRIPT = `until pg_isready -q; do sleep 1; done
export PGPASSWORD=$(cat ${PASSWORD.path}/password)
for folder in /secrets/databases/*; do
  psql -qv ON_ERROR_STOP=1 -v name="$(basename "$folder")" -v password="$(cat "$folder/password")" <<'SQL'
${ROLE_AND_DATABASE}
SQL
done`;
