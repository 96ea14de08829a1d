/** A partition as a client requests it; the session passes on the fields that it does not know. */
export interface RequestedPartition {
  readonly partition: number;
}

export interface RequestedTopic<P extends RequestedPartition = RequestedPartition> {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: P[];
}

export interface AnsweredPartition {
  readonly partitionIndex?: number;
  readonly errorCode?: number;
  readonly highWatermark?: number;
  readonly logStartOffset?: number;
  readonly records?: Buffer | null;
}

export interface AnsweredTopic<A extends AnsweredPartition = AnsweredPartition> {
  readonly topic?: string;
  readonly topicId?: string;
  readonly partitions?: A[];
}

export interface ForgottenTopic {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: number[];
}

/** A partition of a session, and what the client last learned about it. */
interface Followed<P> {
  readonly topic: string;
  readonly topicId: string;
  requested: P;
  highWatermark: number;
  logStartOffset: number;
}

const UNKNOWN = -1;

type Key = string;
const keyOf = ({ topic = '', topicId = '' }: { topic?: string; topicId?: string }, partition: number): Key =>
  `${topicId}/${topic}/${partition}`;

/** The partitions that a client fetches again and again (KIP-227), in the order in which they are read. */
export class FetchSession<P extends RequestedPartition = RequestedPartition> {
  private readonly followed = new Map<Key, Followed<P>>();

  get size(): number {
    return this.followed.size;
  }

  /** Adds partitions or changes how they are requested, and then removes those that are forgotten. */
  update(topics: readonly RequestedTopic<P>[], forgotten: readonly ForgottenTopic[] = []): void {
    for (const { topic, topicId, partitions } of topics)
      for (const requested of partitions) {
        const key = keyOf({ topic, topicId }, requested.partition);
        const known = this.followed.get(key);
        if (known) known.requested = requested;
        else
          this.followed.set(key, {
            topic,
            topicId,
            requested,
            highWatermark: UNKNOWN,
            logStartOffset: UNKNOWN,
          });
      }
    for (const topic of forgotten)
      for (const partition of topic.partitions) this.followed.delete(keyOf(topic, partition));
  }

  /** All partitions as one request; neighbors of the same topic are grouped. */
  topics(): RequestedTopic<P>[] {
    const topics: RequestedTopic<P>[] = [];
    for (const { topic, topicId, requested } of this.followed.values()) {
      const last = topics.at(-1);
      if (last && last.topic === topic && last.topicId === topicId) last.partitions.push(requested);
      else topics.push({ topic, topicId, partitions: [requested] });
    }
    return topics;
  }

  /** Remembers a response that the client gets as a whole; the order stays that of its request. */
  remember(responses: readonly AnsweredTopic[]): void {
    for (const topic of responses)
      for (const answered of topic.partitions ?? []) {
        const known = this.followed.get(keyOf(topic, answered.partitionIndex ?? 0));
        if (known) learn(known, answered);
      }
  }

  /**
   * The part of a response that the client does not know yet: records, errors, and changed offsets. A partition with
   * records is read last the next time, so that none is starved.
   */
  news<A extends AnsweredPartition, T extends AnsweredTopic<A>>(responses: readonly T[]): T[] {
    return responses.flatMap((topic) => {
      const partitions = topic.partitions?.filter((partition) => this.isNews(topic, partition)) ?? [];
      return partitions.length > 0 ? [{ ...topic, partitions }] : [];
    });
  }

  private isNews(topic: AnsweredTopic, answered: AnsweredPartition): boolean {
    const key = keyOf(topic, answered.partitionIndex ?? 0);
    const known = this.followed.get(key);
    if (!known) return true;
    const hasRecords = (answered.records?.length ?? 0) > 0;
    const isFailed = (answered.errorCode ?? 0) !== 0;
    const hasMoved = learn(known, answered);
    if (hasRecords) {
      this.followed.delete(key);
      this.followed.set(key, known);
    }
    return hasRecords || hasMoved || isFailed;
  }
}

/** Whether the offsets are news to the client. After an error, it is told them again. */
const learn = (known: Followed<unknown>, answered: AnsweredPartition): boolean => {
  const { errorCode = 0, highWatermark = 0, logStartOffset = UNKNOWN } = answered;
  const hasMoved = known.highWatermark !== highWatermark || known.logStartOffset !== logStartOffset;
  known.highWatermark = errorCode === 0 ? highWatermark : UNKNOWN;
  known.logStartOffset = logStartOffset;
  return hasMoved;
};
