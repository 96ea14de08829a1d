import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkTopicConfig } from '../settings/check-config.js';
import type { ConfiguredResources } from '../settings/configured-resources.js';
import type { Config } from '../settings/setting.js';
import { TopicValues } from '../settings/topic-values.js';
import type { Disk } from '../storage/disk.js';
import { REMOVED_SUFFIX } from '../storage/remover.js';
import { StorageError } from '../storage/storage-error.js';
import type { Table } from '../storage/table.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { Partition } from './partition.js';
import { checkTopicName } from './topic-name.js';

/** The stored form of a topic. */
export type TopicRecord = { id: string; partitions: number; config: Record<string, string> };

export interface Topic {
  readonly name: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The topic's own settings. */
  readonly config: Config;
  /** The settings in force. */
  readonly values: TopicValues;
  readonly partitions: readonly Partition[];
}

const MAX_PARTITIONS = 10_000;

interface Stored {
  readonly resources: ConfiguredResources;
  readonly topics: Table<TopicRecord>;
  /** Start offsets set by DeleteRecords, by topic id and partition. */
  readonly startOffsets: Table<number>;
}

/** All topics. The directory of a topic contains its id, so that a deleted topic never reappears. */
export class TopicCatalogue {
  private readonly byName = new Map<string, Topic & { partitions: Partition[] }>();
  private readonly byId = new Map<string, Topic>();
  /** Names that differ only in "." and "_" would have the same names of metrics in Kafka. */
  private readonly byMetricName = new Map<string, string>();

  constructor(
    private readonly directory: string,
    private readonly stored: Stored,
    private readonly disk: Disk,
  ) {
    for (const [name, record] of stored.topics.entries()) this.add(name, record);
    this.removeLeftovers();
  }

  get(name: string): Topic | undefined {
    return this.byName.get(name);
  }

  withId(id: string): Topic | undefined {
    return this.byId.get(id);
  }

  all(): Topic[] {
    return [...this.byName.values()];
  }

  /** The topic whose name differs from this one only in "." and "_". */
  collidesWith(name: string): string | undefined {
    return this.byMetricName.get(metricName(name));
  }

  /** Throws a KafkaError if the topic cannot be created. */
  check(name: string, { partitions, config }: Omit<TopicRecord, 'id'>): void {
    checkTopicName(name);
    if (this.byName.has(name))
      throw new KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
    const similar = this.collidesWith(name);
    if (similar !== undefined)
      throw new KafkaError(
        ErrorCode.INVALID_TOPIC_EXCEPTION,
        `Topic '${name}' collides with existing topic: ${similar}`,
      );
    checkPartitions(partitions);
    checkTopicConfig(config);
  }

  create(name: string, spec: Omit<TopicRecord, 'id'>): Topic {
    this.check(name, spec);
    const record = { id: randomBytes(16).toString('hex'), ...spec };
    this.stored.topics.set(name, record);
    return this.add(name, record);
  }

  grow(topic: Topic, partitions: number): void {
    checkPartitions(partitions);
    this.stored.topics.set(topic.name, { ...this.stored.topics.get(topic.name)!, partitions });
    const grown = this.byName.get(topic.name)!;
    const parent = this.directoryOf(topic);
    while (grown.partitions.length < partitions)
      grown.partitions.push(this.partition(topic, parent, grown.partitions.length));
  }

  configure(topic: Topic, config: Config): void {
    checkTopicConfig(config);
    this.stored.topics.set(topic.name, { ...this.stored.topics.get(topic.name)!, config: { ...config } });
    topic.values.reset();
  }

  delete(topic: Topic): void {
    this.stored.topics.delete(topic.name);
    this.byName.delete(topic.name);
    this.byId.delete(topic.id);
    this.byMetricName.delete(metricName(topic.name));
    this.stored.startOffsets.delete(...topic.partitions.map((_, index) => startKey(topic.id, index)));
    for (const partition of topic.partitions) partition.end();
    this.disk.files.closeUnder(this.directoryOf(topic));
    this.removeDirectory(this.directoryOf(topic));
  }

  /** Deletes the records before `offset`. */
  startAt(topic: Topic, index: number, offset: number): void {
    this.stored.startOffsets.set(startKey(topic.id, index), offset);
    topic.partitions[index]!.log.startAt(offset);
  }

  private add(name: string, { id, partitions }: TopicRecord): Topic {
    const configOf = (): Config => this.stored.topics.get(name)?.config ?? {};
    const topic = {
      name,
      id,
      partitions: [] as Partition[],
      values: new TopicValues(configOf, this.stored.resources),
      get config() {
        return configOf();
      },
    };
    const parent = this.directoryOf(topic);
    for (let index = 0; index < partitions; index++)
      topic.partitions.push(this.partition(topic, parent, index));
    this.byName.set(name, topic);
    this.byId.set(id, topic);
    this.byMetricName.set(metricName(name), name);
    return topic;
  }

  private partition(topic: Topic, parent: string, index: number): Partition {
    return new Partition({
      parent,
      index,
      disk: this.disk,
      values: topic.values,
      startOffset: this.stored.startOffsets.get(startKey(topic.id, index)) ?? 0,
    });
  }

  /** The name is truncated so that name and id fit into the 255 characters of a file name. */
  private directoryOf({ name, id }: Topic): string {
    return join(this.directory, `${name.slice(0, 200)}-${id}`);
  }

  /** Without a directory, no record was ever written. */
  private removeDirectory(path: string): void {
    try {
      this.disk.fs.renameSync(path, path + REMOVED_SUFFIX);
      this.disk.remover.remove(path + REMOVED_SUFFIX);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new StorageError(path, error as Error);
    }
  }

  /** Finishes deletions that a crash interrupted. Unknown directories are reported, but not deleted. */
  private removeLeftovers(): void {
    const expected = new Set(this.all().map((topic) => this.directoryOf(topic)));
    for (const name of this.disk.fs.readdirSync(this.directory)) {
      const path = join(this.directory, name);
      if (name.endsWith(REMOVED_SUFFIX)) this.disk.remover.remove(path);
      else if (!expected.has(path)) this.disk.log('warn', 'directory of an unknown topic', { path });
    }
  }
}

const metricName = (name: string): string => name.replaceAll('.', '_');

const startKey = (id: string, index: number): string => `${id}/${index}`;

/** Throws INVALID_PARTITIONS. */
export const checkPartitions = (partitions: number): void => {
  if (partitions < 1)
    throw new KafkaError(
      ErrorCode.INVALID_PARTITIONS,
      'Number of partitions was set to an invalid non-positive value.',
    );
  if (partitions > MAX_PARTITIONS)
    throw new KafkaError(ErrorCode.POLICY_VIOLATION, 'Excessively large number of partitions per request.');
};
