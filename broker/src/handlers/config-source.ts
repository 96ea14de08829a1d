/** Where a configuration's value is from, by Kafka's numbers. */
export const ConfigSource = { topic: 1, staticBroker: 4, default: 5 } as const;

/** What a configuration belongs to, by Kafka's numbers. */
export const ResourceType = { topic: 2, broker: 4 } as const;
