import { imageOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf, selectorOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest } from './manifest.js';
import { containerSecurity, mountsOf, podSecurity, resources, withoutExtras } from './pod.js';
import { secretsOf } from './service-environment.js';
import type { Service } from '../system/system.js';

/** Of the user of the images. */
const USER = 1000;

/**
 * How long a pod that is to end goes on as ever, in seconds: until then everyone has noticed that it is no longer among
 * those to send requests to.
 */
export const NOTICE = 15;

/** After the notice, for what is in hand. */
const DRAIN = 30;

/** A pod comes before one goes, and each that comes has to be well for a moment. */
export function deployment(
  cluster: Cluster,
  service: Service,
  settings: Readonly<Record<string, string>>,
): Manifest {
  const { name } = service;
  const labels = labelsOf(cluster.system.name, name);
  const secrets = mountsOf(secretsOf(cluster, service));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      minReadySeconds: 5,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 5,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          ...withoutExtras,
          securityContext: podSecurity(USER),
          terminationGracePeriodSeconds: NOTICE + DRAIN,
          topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((key) =>
            spread(key, name),
          ),
          containers: [
            {
              ...container(cluster, service, settingsName(name, settings)),
              volumeMounts: [...secrets.volumeMounts, { name: 'scratch', mountPath: '/tmp' }],
            },
          ],
          volumes: [...secrets.volumes, { name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  };
}

/** Pods of a former kind keep the settings that they were made with, and get them back when it comes back. */
export const settingsName = (service: string, settings: object): string =>
  `${service}-settings-${fingerprint(settings)}`;

const spread = (topologyKey: string, name: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selectorOf(name) },
});

function container(cluster: Cluster, service: Service, settings: string) {
  const { name, port, healthPort } = service;
  return {
    name,
    image: imageOf(cluster, service),
    imagePullPolicy: 'IfNotPresent',
    envFrom: [{ configMapRef: { name: settings } }],
    ports: [
      { name: 'main', containerPort: port },
      { name: 'health', containerPort: healthPort },
    ],
    startupProbe: { ...asks('/health/started'), periodSeconds: 2, failureThreshold: 150 },
    readinessProbe: { ...asks('/health/ready'), periodSeconds: 2, failureThreshold: 2 },
    livenessProbe: { ...asks('/health/live'), periodSeconds: 10, failureThreshold: 6 },
    lifecycle: { preStop: { sleep: { seconds: NOTICE } } },
    resources: resources('100m', '192Mi', '512Mi'),
    securityContext: containerSecurity(),
  };
}

const asks = (path: string) => ({ httpGet: { path, port: 'health' }, timeoutSeconds: 5 });
