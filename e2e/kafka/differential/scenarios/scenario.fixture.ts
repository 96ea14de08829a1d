/** One operation of a client: the name of the operation, and what it needs. */
export interface Step {
  readonly do: string;
  /** Repeat until the result is this one, or ten seconds have passed: for what a cluster shows a little later. */
  readonly until?: unknown;
  readonly [argument: string]: unknown;
}

/** What a user does with one client, and everything they see. A `$` stands for a prefix that keeps scenarios apart. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

export const scenario = (name: string, ...steps: readonly Step[]): Scenario => ({ name, steps });

/** A time that is far enough in the past to be no time of the run, and recent enough for any retention. */
export const YESTERDAY = Date.now() - 86_400_000;

export const createTopic = (partitions = 1, configs: Readonly<Record<string, string>> = {}): Step => ({
  do: 'createTopics',
  topics: [{ topic: '$t', partitions, replication: 1, configs }],
});

export const produce = (...values: readonly (string | null)[]): Step => ({
  do: 'produce',
  topic: '$t',
  messages: values.map((value) => ({ key: 'k', value, partition: 0 })),
});

export const read = (options: Readonly<Record<string, unknown>> = {}): Step => ({
  do: 'read',
  topic: '$t',
  ...options,
});

/** The message that tells a reader that it has seen everything. */
export const end: Step = produce('end');
