import { selectorOf } from './labels.js';
import type { Manifest } from './manifest.js';
import { containerSecurity, connectionProbe, podSecurity, resources, withoutExtras } from './pod.js';

type Labels = Readonly<Record<string, string>>;

export interface StatefulOptions {
  readonly image: string;
  /** The user id in the image. */
  readonly user: number;
  readonly port: number;
  readonly portName: string;
  readonly env: readonly object[];
  /** Mount path of the volume. */
  readonly data: string;
  /** Subfolders that the image declares as volumes of their own, which would not outlive the pod. */
  readonly folders?: readonly string[];
  readonly storage: string;
  /** CPU request, memory request, memory limit. */
  readonly resources: readonly [string, string, string];
  /** Readiness probe (default: a connection to the port). */
  readonly readiness?: object;
  readonly secrets?: { readonly volumeMounts: readonly object[]; readonly volumes: readonly object[] };
}

const partOf = (labels: Labels): string => labels['app.kubernetes.io/name']!;

/** One pod with a volume that outlives it. */
export function statefulSet(labels: Labels, stateful: StatefulOptions): Manifest {
  const { storage, user, secrets } = stateful;
  const part = partOf(labels);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: part, labels },
    spec: {
      replicas: 1,
      serviceName: part,
      selector: { matchLabels: selectorOf(part) },
      template: {
        metadata: { labels },
        spec: {
          ...withoutExtras,
          securityContext: podSecurity(user),
          terminationGracePeriodSeconds: 60,
          containers: [container(part, stateful)],
          ...(secrets && { volumes: secrets.volumes }),
        },
      },
      volumeClaimTemplates: [claim(storage)],
    },
  };
}

function container(part: string, { image, port, portName, env, ...rest }: StatefulOptions) {
  const { data, folders = [], readiness: ready = connectionProbe(portName), secrets } = rest;
  const within = folders.map((subPath) => ({ name: 'data', mountPath: `${data}/${subPath}`, subPath }));
  return {
    name: part,
    image,
    imagePullPolicy: 'IfNotPresent',
    env,
    ports: [{ name: portName, containerPort: port }],
    startupProbe: { ...ready, failureThreshold: 90 },
    readinessProbe: ready,
    livenessProbe: { ...connectionProbe(portName, 6), periodSeconds: 10 },
    resources: resources(...rest.resources),
    securityContext: containerSecurity({ writable: true }),
    volumeMounts: [{ name: 'data', mountPath: data }, ...within, ...(secrets?.volumeMounts ?? [])],
  };
}

const claim = (storage: string) => ({
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

/** Resolves even before the pod is ready: brokers connect to themselves by this name while they start. */
export function clusterService(
  labels: Labels,
  { port, portName }: Pick<StatefulOptions, 'port' | 'portName'>,
): Manifest {
  const part = partOf(labels);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: part, labels },
    spec: {
      selector: selectorOf(part),
      publishNotReadyAddresses: true,
      ports: [{ name: portName, port, targetPort: portName }],
    },
  };
}
