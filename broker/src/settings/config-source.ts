/** The source of a configuration value, with Kafka's numbers. */
export const ConfigSource = { topic: 1, staticBroker: 4, default: 5 } as const;

/** The type of a configured resource, with Kafka's numbers. */
export const ResourceType = { topic: 2, broker: 4 } as const;
