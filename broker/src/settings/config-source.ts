/** The source of a configuration value, with Kafka's numbers. */
export const ConfigSource = {
  topic: 1,
  broker: 2,
  clusterDefault: 3,
  staticBroker: 4,
  default: 5,
  logger: 6,
  clientMetrics: 7,
  group: 8,
} as const;

/** The type of a configured resource, with Kafka's numbers. */
export const ResourceType = { topic: 2, broker: 4, logger: 8, clientMetrics: 16, group: 32 } as const;
