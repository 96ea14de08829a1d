import { imageOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest, Type } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { containerSecurity, podSecurity, resources } from './pod.js';
import { wantedSecrets } from './secrets/wanted-secrets.js';

const NAME = 'secrets';
const USER = 1000;
const API_PORTS = [443, 6443];
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Makes the Secrets that are missing, and renews certificates long before they expire: once now, and then every night.
 * It may do that and nothing else. Without services there is no image with the program, and nobody who needs a Secret.
 */
export function secretsManifests(cluster: Cluster): Manifest[] {
  const { system } = cluster;
  if (system.services.length === 0) return [];
  const labels = labelsOf(system.name, NAME);
  const wanted = wantedSecrets(cluster);
  const template = podTemplate(cluster, wanted);
  const own = ([apiVersion, kind]: Type, content: object, name = NAME): Manifest => ({
    apiVersion,
    kind,
    metadata: { name, labels },
    ...content,
  });
  const subject = { kind: 'ServiceAccount', name: NAME };
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME };
  return [
    own(['v1', 'ServiceAccount'], { automountServiceAccountToken: false }),
    own(['rbac.authorization.k8s.io/v1', 'Role'], { rules: rules(wanted.map(({ name }) => name)) }),
    own(['rbac.authorization.k8s.io/v1', 'RoleBinding'], { roleRef: role, subjects: [subject] }),
    own(['batch/v1', 'Job'], { spec: { backoffLimit: 10, template } }, `${NAME}-${fingerprint(template)}`),
    own(['batch/v1', 'CronJob'], {
      spec: {
        schedule: '17 3 * * *',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: { spec: { backoffLimit: 3, template } },
      },
    }),
    networkPolicy(system.name, NAME, { from: [], to: [{ ports: API_PORTS }] }),
  ];
}

/** `create` cannot be limited to names, since the name is not known before; all else is. */
const rules = (names: readonly string[]) => [
  { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  { apiGroups: [''], resources: ['secrets'], resourceNames: names, verbs: ['get', 'update'] },
];

/** The program is part of the image of the service that issues tokens, or else of the first one. */
function podTemplate(cluster: Cluster, wanted: readonly object[]) {
  const { system } = cluster;
  const { services, auth } = system;
  const service = services.find(({ name }) => name === auth?.issuer) ?? services[0]!;
  return {
    metadata: { labels: labelsOf(system.name, NAME) },
    spec: {
      serviceAccountName: NAME,
      automountServiceAccountToken: true,
      enableServiceLinks: false,
      restartPolicy: 'OnFailure',
      securityContext: podSecurity(USER),
      containers: [
        {
          name: NAME,
          image: imageOf(cluster, service),
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '/app/msx/secrets.js'],
          env: [
            { name: 'SYSTEM', value: system.name },
            { name: 'WANTED', value: JSON.stringify(wanted) },
            { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
            { name: 'NODE_EXTRA_CA_CERTS', value: `${SERVICE_ACCOUNT}/ca.crt` },
          ],
          resources: resources('50m', '64Mi', '256Mi'),
          securityContext: containerSecurity(),
        },
      ],
    },
  };
}
