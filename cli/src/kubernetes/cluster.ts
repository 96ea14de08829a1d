import { MsxError } from '../errors/msx-error.js';
import { closest } from '../system/closest.js';
import type { ExternalKafka, Kubernetes, Service, System } from '../system/system.js';

/** What the manifests are made of: the system, and what the environment says otherwise. */
export interface Cluster extends Kubernetes {
  readonly system: System;
  /** Of the images of the services. */
  readonly tag: string;
  /** Run by others; one in the namespace unless given. */
  readonly kafka?: ExternalKafka;
  readonly databases: 'cluster' | 'external';
}

export interface ClusterWish {
  /** One of msx.yaml's; none is the cluster that has all it needs in one namespace. */
  readonly environment?: string;
  readonly namespace?: string;
  readonly tag?: string;
}

export const DEFAULT_TAG = 'latest';

/** Throws UNKNOWN_ENVIRONMENT. */
export function clusterOf(system: System, wish: ClusterWish = {}): Cluster {
  const { environment: name, namespace, tag = DEFAULT_TAG } = wish;
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

/** Of its Secret, those that the way to it asks for. */
export const keysForKafka = ({ security, authority }: ExternalKafka): string[] => [
  ...(security.startsWith('sasl') ? ['username', 'password'] : []),
  ...(security.endsWith('ssl') && authority === 'secret' ? ['ca.crt'] : []),
];

/** Where its pods are found one by one, so that clients of gRPC can go round them. */
export const podsOf = (service: string): string => `${service}-headless`;

/** The Secrets that pods refer to, whoever made them. */
export const secretNames = {
  keys: 'token-keys',
  authority: 'certificate-authority',
  postgres: 'postgres',
  certificateOf: (service: string) => `${service}-certificate`,
  databaseOf: (service: string) => `${service}-database`,
};
