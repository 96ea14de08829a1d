/** Runs whose outcome is not that of Apache Kafka, and why that is right. */
export const knownDifferences: Record<string, string> = {};
