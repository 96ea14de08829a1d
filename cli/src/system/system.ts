/** The model of a system: msx.yaml with its defaults filled in and its paths made absolute. */

export type ServiceKind = 'grpc' | 'graphql';
export type BrokerMode = 'embedded' | 'kafka' | 'external';

export interface System {
  name: string;
  /** The absolute folder of msx.yaml. */
  root: string;
  broker: Broker;
  /** In the order of the file, as are the services. */
  topics: Topic[];
  services: Service[];
  auth?: Auth;
  docker: Docker;
  kubernetes: Kubernetes;
  /** What is different elsewhere, by the name that --env takes. */
  environments: Record<string, Environment>;
  /** The absolute folder of the .proto files. */
  protoFolder: string;
  /** Options of ts-proto that differ from those msx chooses, as `name=value`. */
  stubOptions: string[];
  /** The absolute folder that holds `<service>.log`. */
  logFolder: string;
}

export interface Broker {
  /** `embedded`: ours, run by the engine; `kafka`: Apache's, in a container; `external`: run by someone else. */
  mode: BrokerMode;
  port: number;
  /** host:port, comma-separated. */
  address: string;
  /** What compose and Kubernetes run. */
  kafka: 'zookeeper' | 'kraft';
}

export interface Docker {
  /** The network of the containers. */
  network: string;
  /** What the names of images start with, e.g. registry.example/shop. */
  images: string;
  /** The major version of Node that images run. */
  node: number;
}

export interface Kubernetes {
  namespace: string;
  /** Of each service: at least, and under load at most. */
  replicas: number;
  maxReplicas: number;
  /** The name that the Ingress answers to; any unless given. */
  host?: string;
  /** Which Ingress controller; the cluster's default one unless given. */
  ingressClass?: string;
  /** The Secret with the certificate of the Ingress; plain HTTP unless given. */
  tlsSecret?: string;
}

export interface Environment {
  kubernetes: Partial<Kubernetes>;
  /** A Kafka that others run; one in the namespace unless given. */
  kafka?: ExternalKafka;
  /** `external`: PostgreSQL is run by others, and a Secret for each service says where. */
  databases: 'cluster' | 'external';
}

export interface ExternalKafka {
  /** host:port, comma-separated. */
  brokers: string;
  security: 'plaintext' | 'ssl' | 'sasl_plaintext' | 'sasl_ssl';
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  /** The Secret with `username` and `password`, for SASL, and `ca.crt`, for TLS with an authority of its own. */
  secret: string;
  /** Who vouches for the brokers with TLS. */
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
  /** Of these every process hears every event, in no lasting group. */
  follows: string[];
}

export interface Database {
  driver: 'sqlite' | 'postgres';
  /** SQLite's file, relative to the folder of the service. */
  file?: string;
}

/** What the broker is called among the resources of a system. */
export const KAFKA = 'kafka';
