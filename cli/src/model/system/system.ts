/** The model of a system: msx.yaml with its defaults filled in and its paths made absolute. */

export type ServiceKind = 'grpc' | 'graphql';
export type BrokerMode = 'embedded' | 'kafka' | 'external';

export interface System {
  name: string;
  /** The absolute folder of msx.yaml. */
  root: string;
  broker: Broker;
  /** In the order of the file, like the services. */
  topics: Topic[];
  services: Service[];
  auth?: Auth;
  docker: Docker;
  kubernetes: Kubernetes;
  /** Overrides for environments, by the name that --env takes. */
  environments: Record<string, Environment>;
  /** The absolute folder of the .proto files. */
  protoFolder: string;
  /** Options of ts-proto that differ from those msx chooses, as `name=value`. */
  stubOptions: string[];
  /** In development, a resource that does not respond for this long is restarted; absent: never. */
  restartAfterMs?: number;
  /** The absolute folder of `<service>.log`, within the root, so that only this system uses it. */
  logFolder: string;
  /** A folder outside the root that gets links to the logs, under the same names. */
  logLinks?: string;
  /** The ports of an isolated run, which replace those of msx.yaml. */
  isolated?: PortChoice;
}

/** Ports by the names of resources: of a service, its main port and that of its health checks. */
export type PortChoice = Readonly<Record<string, readonly number[]>>;

export interface Broker {
  /**
   * `embedded`: msx's own broker, run by the engine; `kafka`: Apache Kafka in a container; `external`: not run by msx.
   */
  mode: BrokerMode;
  port: number;
  /** host:port, comma-separated. */
  address: string;
  /** How compose and Kubernetes run Apache Kafka. */
  kafka: 'zookeeper' | 'kraft';
}

export interface Docker {
  /** The network of the containers. */
  network: string;
  /** The prefix of image names, such as registry.example/shop. */
  images: string;
  /** The major version of Node that images run. */
  node: number;
}

export interface Kubernetes {
  namespace: string;
  /** The minimum number per service; `maxReplicas` is the maximum under load. */
  replicas: number;
  maxReplicas: number;
  /** The host name of the Ingress (default: any). */
  host?: string;
  /** The class of the Ingress controller (default: the cluster's own). */
  ingressClass?: string;
  /** The Secret with the certificate of the Ingress (default: plain HTTP). */
  tlsSecret?: string;
}

export interface Environment {
  kubernetes: Partial<Kubernetes>;
  /** An existing Kafka (default: one in the namespace). */
  kafka?: ExternalKafka;
  /** `external`: PostgreSQL is not run by msx, and a Secret for each service contains its URL. */
  databases: 'cluster' | 'external';
}

export interface ExternalKafka {
  /** host:port, comma-separated. */
  brokers: string;
  security: 'plaintext' | 'ssl' | 'sasl_plaintext' | 'sasl_ssl';
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  /** The Secret with `username` and `password` for SASL, and `ca.crt` for TLS with a private authority. */
  secret: string;
  /** The authority that signed the certificates of the brokers. */
  authority: 'secret' | 'public';
}

export interface Auth {
  /** The service that users sign in at: it alone has the private keys. */
  issuer: string;
}

export interface Topic {
  name: string;
  /** The full name of the proto message that the events carry, e.g. shop.order.v1.OrderCreated. */
  message: string;
  partitions: number;
  /** Settings that differ from the defaults of the broker, by name. */
  configs?: Record<string, string>;
}

export interface Service {
  name: string;
  /** Absolute; `path` is the same relative to the root, as in msx.yaml. */
  folder: string;
  path: string;
  kind: ServiceKind;
  port: number;
  healthPort: number;
  /** Files within the proto folder. */
  proto: string[];
  database?: Database;
  /** Resources that must be ready before this service has started: services, or `kafka`. */
  needs: string[];
  /** Services this one sends requests to. */
  calls: string[];
  publishes: string[];
  consumes: string[];
  /** Topics of which every process receives every event, without a consumer group. */
  follows: string[];
}

export interface Database {
  driver: 'sqlite' | 'postgres';
  /** SQLite's file, relative to the folder of the service. */
  file?: string;
}

/** The name of the broker among the resources of a system. */
export const KAFKA = 'kafka';
