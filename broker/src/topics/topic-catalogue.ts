import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from '../storage/disk.js';
import type { FileSystem } from '../storage/file-system.js';
import { StorageError } from '../storage/storage-error.js';
import type { Table } from '../storage/table.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { Partition } from './partition.js';
import { checkTopicConfig, type TopicConfig } from './topic-config.js';
import { checkTopicName } from './topic-name.js';

/** The stored form of a topic. */
export type TopicRecord = { id: string; partitions: number; config: Record<string, string> };

export interface Topic {
  readonly name: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly config: TopicConfig;
  readonly partitions: readonly Partition[];
}

const MAX_PARTITIONS = 10_000;

interface Stored {
  readonly topics: Table<TopicRecord>;
  /** Start offsets set by DeleteRecords, by topic id and partition. */
  readonly startOffsets: Table<number>;
}

/** All topics. The directory of a topic contains its id, so that a deleted topic never reappears. */
export class TopicCatalogue {
  private readonly byName = new Map<string, Topic & { partitions: Partition[] }>();
  private readonly byId = new Map<string, Topic>();

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

  /** Throws a KafkaError if the topic cannot be created. */
  check(name: string, { partitions, config }: Omit<TopicRecord, 'id'>): void {
    checkTopicName(name);
    if (this.byName.has(name))
      throw new KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
    const similar = this.all().find((topic) => topic.name.replaceAll('.', '_') === name.replaceAll('.', '_'));
    if (similar)
      throw new KafkaError(
        ErrorCode.INVALID_TOPIC_EXCEPTION,
        `Topic '${name}' collides with '${similar.name}'.`,
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
    while (grown.partitions.length < partitions)
      grown.partitions.push(this.partition(topic, grown.partitions.length));
  }

  configure(topic: Topic, config: TopicConfig): void {
    checkTopicConfig(config);
    this.stored.topics.set(topic.name, { ...this.stored.topics.get(topic.name)!, config: { ...config } });
  }

  delete(topic: Topic): void {
    this.stored.topics.delete(topic.name);
    this.byName.delete(topic.name);
    this.byId.delete(topic.id);
    this.stored.startOffsets.delete(...topic.partitions.map((_, index) => startKey(topic.id, index)));
    for (const partition of topic.partitions) partition.end();
    this.disk.files.closeUnder(this.directoryOf(topic));
    removeDirectory(this.disk.fs, this.directoryOf(topic));
  }

  /** Deletes the records before `offset`. */
  startAt(topic: Topic, index: number, offset: number): void {
    this.stored.startOffsets.set(startKey(topic.id, index), offset);
    topic.partitions[index]!.log.startAt(offset);
  }

  private add(name: string, { id, partitions }: TopicRecord): Topic {
    const configOf = (): TopicConfig => this.stored.topics.get(name)?.config ?? {};
    const topic = {
      name,
      id,
      partitions: [] as Partition[],
      get config() {
        return configOf();
      },
    };
    for (let index = 0; index < partitions; index++) topic.partitions.push(this.partition(topic, index));
    this.byName.set(name, topic);
    this.byId.set(id, topic);
    return topic;
  }

  private partition(topic: Topic, index: number): Partition {
    return new Partition({
      directory: join(this.directoryOf(topic), String(index)),
      disk: this.disk,
      config: () => topic.config,
      startOffset: this.stored.startOffsets.get(startKey(topic.id, index)) ?? 0,
    });
  }

  /** The name is truncated so that name and id fit into the 255 characters of a file name. */
  private directoryOf({ name, id }: Topic): string {
    return join(this.directory, `${name.slice(0, 200)}-${id}`);
  }

  /** Finishes deletions that a crash interrupted. Unknown directories are reported, but not deleted. */
  private removeLeftovers(): void {
    const expected = new Set(this.all().map((topic) => this.directoryOf(topic)));
    for (const name of this.disk.fs.readdirSync(this.directory)) {
      const path = join(this.directory, name);
      if (name.endsWith(DELETED)) this.disk.fs.rmSync(path, { recursive: true, force: true });
      else if (!expected.has(path)) this.disk.log('warn', 'directory of an unknown topic', { path });
    }
  }
}

const DELETED = '.deleted';

const removeDirectory = (fs: FileSystem, path: string): void => {
  try {
    fs.renameSync(path, path + DELETED);
    fs.rmSync(path + DELETED, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new StorageError(path, error as Error);
  }
};

const startKey = (id: string, index: number): string => `${id}/${index}`;

/** Throws INVALID_PARTITIONS. */
export const checkPartitions = (partitions: number): void => {
  if (partitions < 1 || partitions > MAX_PARTITIONS)
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, `a topic must have 1 to ${MAX_PARTITIONS} partitions`);
};
