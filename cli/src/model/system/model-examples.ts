import type { model } from './model.js';

/** Examples of every key of msx.yaml; together they are a valid system. */
export const MODEL_EXAMPLES: Readonly<Record<keyof typeof model.properties, unknown>> = {
  name: 'shop',
  broker: { mode: 'embedded', port: 9092, address: 'localhost:9092', kafka: 'kraft' },
  topics: {
    'order.created': { message: 'shop.order.v1.OrderCreated', partitions: 3 },
    'user.updated': { message: 'shop.user.v1.UserUpdated', configs: { 'cleanup.policy': 'compact' } },
  },
  services: {
    'user-service': {
      path: 'services/user-service',
      kind: 'grpc',
      port: 50051,
      proto: ['user.proto'],
      publishes: ['user.updated'],
    },
    'order-service': {
      path: 'services/order-service',
      kind: 'grpc',
      port: 50053,
      healthPort: 51053,
      proto: ['order.proto'],
      database: { driver: 'sqlite', file: 'orders.db' },
      needs: ['kafka'],
      calls: ['user-service'],
      publishes: ['order.created'],
      consumes: ['user.updated'],
    },
    'api-gateway': {
      path: 'services/api-gateway',
      kind: 'graphql',
      port: 3000,
      calls: ['user-service', 'order-service'],
      follows: ['order.created'],
    },
  },
  auth: { issuer: 'user-service' },
  docker: { network: 'shop_default', images: 'registry.example.com/shop', node: 22 },
  kubernetes: {
    namespace: 'microservices',
    replicas: 2,
    maxReplicas: 6,
    host: 'shop.example.com',
    ingressClass: 'nginx',
    tlsSecret: 'shop-certificate',
  },
  environments: {
    production: {
      kubernetes: {
        namespace: 'shop-production',
        replicas: 3,
        maxReplicas: 12,
        host: 'shop.example.com',
        ingressClass: 'nginx',
        tlsSecret: 'shop-certificate',
      },
      kafka: {
        brokers: 'kafka-1.example.com:9093,kafka-2.example.com:9093',
        security: 'sasl_ssl',
        mechanism: 'scram-sha-512',
        secret: 'kafka-client',
        authority: 'secret',
      },
      databases: 'external',
    },
  },
  proto: { folder: 'proto', options: ['useOptionals=messages'] },
  dev: { restartAfter: '60s' },
  logs: { directory: 'logs' },
};
