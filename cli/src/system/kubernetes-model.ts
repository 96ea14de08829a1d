import type { Shape } from './shape.js';

const dnsLabel = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  expected: 'a name as Kubernetes has them',
};

const replicas: Shape & { type: 'integer' } = { type: 'integer', minimum: 1, maximum: 1000 };

/** All may be said again in an environment, where nothing has a default. */
export const kubernetes = (defaults: {
  namespace?: string;
  replicas?: number;
  maxReplicas?: number;
}): Shape => ({
  type: 'object',
  required: [],
  properties: {
    namespace: {
      type: 'string',
      ...dnsLabel,
      ...(defaults.namespace && { default: defaults.namespace }),
      description: 'Where all of it is.',
    },
    replicas: {
      ...replicas,
      ...(defaults.replicas && { default: defaults.replicas }),
      description: 'How many of each service there are at least.',
    },
    maxReplicas: {
      ...replicas,
      ...(defaults.maxReplicas && { default: defaults.maxReplicas }),
      description: 'How many of each service there are at most, under load.',
    },
    host: { type: 'string', description: 'The name that the Ingress answers to; any unless given.' },
    ingressClass: {
      type: 'string',
      description: "Which Ingress controller; the cluster's own unless given.",
    },
    tlsSecret: { type: 'string', description: 'The Secret with the certificate of the Ingress.' },
  },
});

const environment: Shape = {
  type: 'object',
  required: [],
  properties: {
    kubernetes: kubernetes({}),
    kafka: {
      type: 'object',
      description: 'A Kafka that others run; one in the namespace unless given.',
      required: ['brokers'],
      properties: {
        brokers: { type: 'string', description: 'host:port[,host:port…] of the brokers.' },
        security: {
          type: 'choice',
          of: ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'],
          default: 'sasl_ssl',
        },
        mechanism: {
          type: 'choice',
          of: ['plain', 'scram-sha-256', 'scram-sha-512'],
          default: 'scram-sha-512',
          description: 'How a service shows who it is.',
        },
        secret: {
          type: 'string',
          default: 'kafka-client',
          description:
            'The Secret with username and password, for SASL, and ca.crt, for TLS with an authority of its own.',
        },
        authority: {
          type: 'choice',
          of: ['secret', 'public'],
          default: 'secret',
          description:
            'Who vouches for the brokers with TLS: ca.crt of the Secret, or those that everybody trusts.',
        },
      },
    },
    databases: {
      type: 'choice',
      of: ['cluster', 'external'],
      default: 'cluster',
      description: 'external: others run PostgreSQL, and the Secrets <service>-database say where, as url.',
    },
  },
};

export const environments: Shape = {
  type: 'map',
  keys: dnsLabel.pattern,
  expected: dnsLabel.expected,
  of: environment,
  description: 'What is different elsewhere, by the name that msx deploy k8s --env takes.',
};
