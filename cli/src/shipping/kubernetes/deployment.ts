import { imageOf } from './cluster.js';
import type { Cluster } from './cluster.js';
import { labelsOf, selectorOf } from './labels.js';
import { fingerprint } from './manifest.js';
import type { Manifest } from './manifest.js';
import { containerSecurity, mountsOf, podSecurity, resources, withoutExtras } from './pod.js';
import { secretsOf } from './service-environment.js';
import type { Service } from '../../model/system/system.js';

/** The user id in the images. */
const USER_ID = 1000;

/**
 * How long a terminating pod keeps serving as before, so that everyone notices in time that it is no longer an endpoint.
 */
const NOTICE_SECONDS = 15;

/** After the notice, for requests in progress. */
const DRAIN_SECONDS = 30;

/** A new pod starts before an old one stops, and has to stay ready for a moment first. */
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
          securityContext: podSecurity(USER_ID),
          terminationGracePeriodSeconds: NOTICE_SECONDS + DRAIN_SECONDS,
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

/** Pods of an earlier revision keep their settings, and a rollback finds them again. */
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
    startupProbe: { ...httpProbe('/health/started'), periodSeconds: 2, failureThreshold: 150 },
    readinessProbe: { ...httpProbe('/health/ready'), periodSeconds: 2, failureThreshold: 2 },
    livenessProbe: { ...httpProbe('/health/live'), periodSeconds: 10, failureThreshold: 6 },
    lifecycle: { preStop: { sleep: { seconds: NOTICE_SECONDS } } },
    resources: resources('100m', '192Mi', '512Mi'),
    securityContext: containerSecurity(),
  };
}

const httpProbe = (path: string) => ({ httpGet: { path, port: 'health' }, timeoutSeconds: 5 });
