import { imageOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest, Type } from './manifest.js';
import { networkPolicy } from './network-policies.js';
import { containerSecurity, podSecurity, resources } from './pod.js';
import { requiredSecrets } from './secrets/required-secrets.js';

const NAME = 'secrets';
const USER_ID = 1000;
const API_PORTS = [443, 6443];
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Creates missing Secrets and renews certificates long before they expire: once when applied, and then every night. It
 * has no other permissions. Without services there is no image with the program, and no need for Secrets.
 */
export function secretsManifests(cluster: Cluster): Manifest[] {
  const { system } = cluster;
  if (system.services.length === 0) return [];
  const labels = labelsOf(system.name, NAME);
  const required = requiredSecrets(cluster);
  const template = podTemplate(cluster, required);
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
    own(['rbac.authorization.k8s.io/v1', 'Role'], { rules: rules(required.map(({ name }) => name)) }),
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

/** RBAC cannot limit `create` to names; the other verbs are limited. */
const rules = (names: readonly string[]) => [
  { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  { apiGroups: [''], resources: ['secrets'], resourceNames: names, verbs: ['get', 'update'] },
];

/** Runs in the image of the service that issues tokens, or of the first one: every image contains the program. */
function podTemplate(cluster: Cluster, required: readonly object[]) {
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
      securityContext: podSecurity(USER_ID),
      containers: [
        {
          name: NAME,
          image: imageOf(cluster, service),
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '/app/msx/secrets.js'],
          env: [
            { name: 'SYSTEM', value: system.name },
            { name: 'WANTED', value: JSON.stringify(required) },
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
