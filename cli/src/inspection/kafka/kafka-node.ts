import type { KafkaMessage } from 'kafkajs';

/** A record as kafkajs decodes it. */
export type DecodedRecord = KafkaMessage & { readonly isControlRecord?: boolean };

export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly DecodedRecord[];
}

interface FetchRequest {
  readonly isolationLevel: 0 | 1;
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { partition: number; fetchOffset: string; maxBytes: number }[];
  }[];
}

/** A request in the form that kafkajs sends: its encoding, and the decoding of its response. */
export interface KafkaRequest<T> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    encode(): Promise<unknown>;
  };
  readonly response: {
    decode(bytes: Buffer): Promise<T>;
    parse(decoded: T): Promise<T>;
  };
}

interface CommitRequest {
  readonly groupId: string;
  readonly groupGenerationId: number;
  readonly memberId: string;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { partition: number; offset: string }[];
  }[];
}

/** The part of kafkajs's `Broker` that is used here. */
export interface KafkaNode {
  /** The APIs that the broker serves, by key. */
  readonly versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>>;
  readonly connectionPool: { send<T>(request: KafkaRequest<T>): Promise<T> };
  listGroups(): Promise<{ readonly groups: readonly { groupId: string; protocolType: string }[] }>;
  offsetCommit(request: CommitRequest): Promise<unknown>;
  fetch(request: FetchRequest): Promise<{
    readonly responses: readonly {
      readonly topicName: string;
      readonly partitions: readonly FetchedPartition[];
    }[];
  }>;
}
