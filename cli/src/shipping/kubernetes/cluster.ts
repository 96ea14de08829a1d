import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import type { ExternalKafka, Kubernetes, Service, System } from '../../model/system/system.js';

/** What the manifests are generated from: the system, with the overrides of one environment applied. */
export interface Cluster extends Kubernetes {
  readonly system: System;
  /** Image tag of the services. */
  readonly tag: string;
  /** An external Kafka (default: one that runs in the namespace). */
  readonly kafka?: ExternalKafka;
  readonly databases: 'cluster' | 'external';
}

export interface ClusterOptions {
  /** An environment of msx.yaml; without one, everything the system needs runs in one namespace. */
  readonly environment?: string;
  readonly namespace?: string;
  readonly tag?: string;
}

const DEFAULT_TAG = 'latest';

/** Throws UNKNOWN_ENVIRONMENT. */
export function clusterOf(system: System, options: ClusterOptions = {}): Cluster {
  const { environment: name, namespace, tag = DEFAULT_TAG } = options;
  const known = Object.keys(system.environments);
  const environment = name === undefined ? undefined : system.environments[name];
  if (name !== undefined && !environment)
    throw new MsxError('UNKNOWN_ENVIRONMENT', { name, known, similar: closest(name, known) });
  return {
    ...system.kubernetes,
    ...environment?.kubernetes,
    ...(namespace !== undefined && { namespace }),
    system,
    tag,
    ...(environment?.kafka && { kafka: environment.kafka }),
    databases: environment?.databases ?? 'cluster',
  };
}

export const imageOf = ({ system, tag }: Cluster, service: Service): string =>
  `${system.docker.images}/${service.name}:${tag}`;

export const usesKafka = ({ needs, publishes, consumes, follows }: Service): boolean =>
  needs.includes('kafka') || [...publishes, ...consumes, ...follows].length > 0;

/** The keys of its Secret that this kind of connection needs. */
export const keysForKafka = ({ security, authority }: ExternalKafka): string[] => [
  ...(security.startsWith('sasl') ? ['username', 'password'] : []),
  ...(security.endsWith('ssl') && authority === 'secret' ? ['ca.crt'] : []),
];

/** The headless Service, which resolves to single pods, so that gRPC clients can balance between them. */
export const podsOf = (service: string): string => `${service}-headless`;

/** The Secrets that pods refer to, whoever created them. */
export const secretNames = {
  keys: 'token-keys',
  authority: 'certificate-authority',
  postgres: 'postgres',
  certificateOf: (service: string) => `${service}-certificate`,
  databaseOf: (service: string) => `${service}-database`,
};
