import type { Shape } from './shape.js';

const dnsLabel = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  expected: 'a Kubernetes name (lower-case letters, digits and dashes, at most 63)',
};

const replicas: Shape & { type: 'integer' } = { type: 'integer', minimum: 1, maximum: 1000 };

/** Every setting can be overridden in an environment, where it has no default. */
export const kubernetes = (defaults: {
  namespace?: string;
  replicas?: number;
  maxReplicas?: number;
}): Shape => ({
  type: 'object',
  description: 'Where and how the system runs in a Kubernetes cluster.',
  required: [],
  properties: {
    namespace: {
      type: 'string',
      ...dnsLabel,
      ...(defaults.namespace && { default: defaults.namespace }),
      description: 'The namespace of the system.',
    },
    replicas: {
      ...replicas,
      ...(defaults.replicas && { default: defaults.replicas }),
      description: 'The minimum number of replicas of each service.',
    },
    maxReplicas: {
      ...replicas,
      ...(defaults.maxReplicas && { default: defaults.maxReplicas }),
      description: 'The maximum number of replicas of each service, under load.',
    },
    host: { type: 'string', description: 'The host name that the Ingress answers to (default: any).' },
    ingressClass: {
      type: 'string',
      description: "The class of the Ingress controller (default: the cluster's own).",
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
      description: 'A Kafka that exists already (default: one in the namespace).',
      required: ['brokers'],
      properties: {
        brokers: { type: 'string', description: 'host:port[,host:port…] of the brokers.' },
        security: {
          type: 'choice',
          of: ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'],
          default: 'sasl_ssl',
          description:
            'How services connect: encrypted (ssl), with a user name and a password (sasl), or both.',
        },
        mechanism: {
          type: 'choice',
          of: ['plain', 'scram-sha-256', 'scram-sha-512'],
          default: 'scram-sha-512',
          description: 'The SASL mechanism.',
        },
        secret: {
          type: 'string',
          default: 'kafka-client',
          description:
            'The Secret with username and password for SASL, and ca.crt for TLS with an authority of your own.',
        },
        authority: {
          type: 'choice',
          of: ['secret', 'public'],
          default: 'secret',
          description:
            'The authority that signed the certificates of the brokers: ca.crt of the Secret, or one that Node trusts.',
        },
      },
    },
    databases: {
      type: 'choice',
      of: ['cluster', 'external'],
      default: 'cluster',
      description:
        'cluster: PostgreSQL runs in the namespace; external: the Secrets <service>-database hold the url of a database elsewhere.',
    },
  },
};

export const environments: Shape = {
  type: 'map',
  keys: dnsLabel.pattern,
  expected: dnsLabel.expected,
  of: environment,
  description: 'What differs in an environment, by the name that msx deploy k8s --env takes.',
};
