import { environments, kubernetes } from './kubernetes-model.js';
import type { Shape } from './shape.js';

const port: Shape & { type: 'integer' } = { type: 'integer', minimum: 1, maximum: 65_535 };
const names = (description: string): Shape => ({ type: 'list', of: { type: 'string' }, description });

const service: Shape = {
  type: 'object',
  required: ['path', 'kind', 'port'],
  properties: {
    path: { type: 'string', description: 'The folder of the service, relative to msx.yaml.' },
    kind: { type: 'choice', of: ['grpc', 'graphql'], description: 'What it serves on its port.' },
    port: { ...port, description: 'The port it serves on.' },
    healthPort: { ...port, description: 'Its plain HTTP health port (default: its port + 1000).' },
    proto: {
      type: 'list',
      of: { type: 'string', pattern: /\.proto$/, expected: 'a .proto file' },
      description: 'The files of the proto folder that define what it serves.',
    },
    database: {
      type: 'object',
      description:
        'Its own database in development: a SQLite file, or a database of the PostgreSQL that docker compose publishes on this machine. DATABASE_URL overrides it.',
      required: ['driver'],
      properties: {
        driver: { type: 'choice', of: ['sqlite', 'postgres'], description: 'The kind of database.' },
        file: { type: 'string', description: 'The SQLite file, relative to the folder of the service.' },
      },
    },
    needs: names('Resources that must be ready before it counts as started: services, or kafka.'),
    calls: names('The services it sends requests to.'),
    publishes: names('The topics it publishes.'),
    consumes: names('The topics it consumes, in a group of its own name.'),
    follows: names('The topics of which each of its processes receives every new event, for subscriptions.'),
  },
};

const topic: Shape = {
  type: 'object',
  required: ['message'],
  properties: {
    message: {
      type: 'string',
      pattern: /^\w+(\.\w+)+$/,
      expected: 'the full name of a proto message, like shop.order.v1.OrderCreated',
      description: 'The full name of the proto message that its events carry.',
    },
    partitions: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 3,
      description: 'How many partitions the topic has: at most as many replicas consume it at a time.',
    },
    configs: {
      type: 'map',
      keys: /^[a-z][a-z.]*$/,
      expected: 'a topic setting of Kafka, such as retention.ms',
      of: { type: 'string', expected: 'text in quotes, such as "604800000"' },
      description:
        'Settings of the topic that differ from the defaults of the broker, such as cleanup.policy: compact. Values are text, so numbers are in quotes. msx topics apply sets them.',
    },
  },
};

const broker: Shape = {
  type: 'object',
  description: 'The broker of the events.',
  required: [],
  properties: {
    mode: {
      type: 'choice',
      of: ['embedded', 'kafka', 'external'],
      default: 'embedded',
      description: "embedded: msx's own; kafka: Apache Kafka in a container; external: run by someone else.",
    },
    port: { ...port, default: 9092, description: 'The port of the broker on this machine.' },
    address: {
      type: 'string',
      description: 'host:port[,host:port…] of the brokers (default: the port on this machine).',
    },
    kafka: {
      type: 'choice',
      of: ['zookeeper', 'kraft'],
      default: 'kraft',
      description: 'How compose and Kubernetes run Apache Kafka: with ZooKeeper, or without (KRaft).',
    },
  },
};

/** The shape of msx.yaml. */
export const model = {
  type: 'object',
  description: 'The model of a system.',
  required: ['name', 'services'],
  properties: {
    name: {
      type: 'string',
      pattern: /^[a-z][a-z0-9-]*$/,
      expected: 'a name of lower-case letters, digits and dashes',
      description: 'The name of the system.',
    },
    broker,
    topics: {
      type: 'map',
      keys: /^[a-zA-Z0-9._-]{1,249}$/,
      expected: 'a topic name (letters, digits, dots, dashes and underscores)',
      of: topic,
      description: 'The events of the system, by topic.',
    },
    services: {
      type: 'map',
      keys: /^[a-z][a-z0-9-]*$/,
      expected: 'a service name (lower-case letters, digits and dashes)',
      of: service,
      description: 'The services of the system, by name.',
    },
    auth: {
      type: 'object',
      description:
        'Who signs the tokens that every service checks. Without it, msx gives the services no keys.',
      required: ['issuer'],
      properties: {
        issuer: {
          type: 'string',
          description: 'The service that users sign in at: it alone has the private keys.',
        },
      },
    },
    docker: {
      type: 'object',
      description: 'Images and containers.',
      required: [],
      properties: {
        network: {
          type: 'string',
          description: 'The network of the containers (default: <name of the system>_default).',
        },
        images: {
          type: 'string',
          description: 'The prefix of image names (default: the name of the system).',
        },
        node: {
          type: 'integer',
          minimum: 20,
          maximum: 30,
          default: 22,
          description: 'The major version of Node in the images.',
        },
      },
    },
    kubernetes: kubernetes({ namespace: 'microservices', replicas: 2, maxReplicas: 6 }),
    environments,
    proto: {
      type: 'object',
      description: 'The contracts.',
      required: [],
      properties: {
        folder: { type: 'string', default: 'proto', description: 'The folder of the .proto files.' },
        options: {
          type: 'list',
          of: {
            type: 'string',
            pattern: /^[A-Za-z]+=\S+$/,
            expected: 'an option like useOptionals=messages',
          },
          description: 'Options of ts-proto that replace those that msx chooses.',
        },
      },
    },
    dev: {
      type: 'object',
      description: 'How msx dev runs the system.',
      required: [],
      properties: {
        restartAfter: {
          type: 'string',
          pattern: /^(off|(\d+(\.\d+)?(ms|s|m|h|d))+)$/,
          expected: 'a duration such as 60s, or off',
          default: '60s',
          description:
            'msx dev restarts a service or the broker that has not answered for this long, unless a debugger can attach to it (--inspect). off: never.',
        },
      },
    },
    logs: {
      type: 'object',
      description: 'The logs of msx dev.',
      required: [],
      properties: {
        directory: {
          type: 'string',
          default: '/tmp',
          description:
            'The folder of the logs, <service>.log. A folder outside of the system gets links to .msx/logs.',
        },
      },
    },
  },
} as const satisfies Shape;
