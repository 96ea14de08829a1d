import type { Log } from '../../log-line.js';
import type { Table } from '../../storage/table.js';
import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import { emptyConsumerGroup, JOINING, nextDeadline, type ConsumerGroup } from './consumer-group.js';
import type { Heartbeat, HeartbeatAnswer } from './heartbeat.js';
import { identified, type Identity } from './membership.js';
import { expire, step, withoutMember } from './step.js';
import {
  isWorthStoring,
  restoredConsumerGroup,
  storedConsumerGroup,
  type StoredConsumerGroup,
} from './stored-consumer-group.js';
import { TopicView, type TopicSource } from './topic-view.js';

interface Host {
  readonly topics: TopicSource;
  readonly log: Log;
  now(): number;
}

/** The longest delay of a timer. */
const MAX_TIMER_MS = 0x7fffffff;

/** Runs the groups of the consumer protocol (KIP-848): passes heartbeats to {@link step}, stores, and keeps time. */
export class ConsumerGroupCoordinator {
  private readonly groups = new Map<string, ConsumerGroup>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly topics: TopicView;

  constructor(
    private readonly table: Table<StoredConsumerGroup>,
    private readonly host: Host,
  ) {
    this.topics = new TopicView(host.topics);
    for (const [id, stored] of table.entries()) {
      this.groups.set(id, restoredConsumerGroup(stored, host.now()));
      this.schedule(id);
    }
  }

  /** Throws a KafkaError when the heartbeat is refused. */
  heartbeat(heartbeat: Heartbeat): HeartbeatAnswer {
    const { groupId: id, memberEpoch } = heartbeat;
    const before = this.groups.get(id);
    if (!before && memberEpoch !== JOINING)
      throw new KafkaError(
        ErrorCode.GROUP_ID_NOT_FOUND,
        `${memberEpoch < JOINING ? 'Group' : 'Consumer group'} ${id} not found.`,
      );
    const at = { now: this.host.now(), topics: this.topics };
    const { group, answer } = step(before ?? emptyConsumerGroup, heartbeat, at);
    this.replace(id, group);
    return answer;
  }

  /** Removes a member for an administrator, a static one also by its instance id alone. */
  remove(id: string, identity: Identity): ErrorCode {
    const group = this.groups.get(id)!;
    const member = identified(group, identity);
    if (typeof member === 'number') return member;
    this.replace(id, withoutMember(group, member.id));
    return ErrorCode.NONE;
  }

  get(id: string): ConsumerGroup | undefined {
    return this.groups.get(id);
  }

  all(): [string, ConsumerGroup][] {
    return [...this.groups];
  }

  /** The names of the topics that the members of a group subscribe to. */
  subscribedTopics(id: string): string[] {
    const members = [...(this.groups.get(id)?.members.values() ?? [])];
    return members.flatMap(({ topicNames, topicRegex }) => [
      ...topicNames,
      ...(topicRegex === '' ? [] : this.topics.matching(topicRegex)),
    ]);
  }

  /** Gives up the id of an empty group to classic members, if it has none; its committed offsets are kept. */
  makeWay(id: string): boolean {
    const group = this.groups.get(id);
    if (group?.members.size === 0) this.delete(id);
    return !this.groups.has(id);
  }

  private replace(id: string, group: ConsumerGroup): void {
    const before = this.groups.get(id) ?? emptyConsumerGroup;
    this.groups.set(id, group);
    if (isWorthStoring(before, group)) this.store(id, group);
    this.schedule(id);
  }

  delete(id: string): void {
    this.table.delete(id);
    this.groups.delete(id);
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** A group that cannot be stored keeps working; its members would only have to rejoin after a restart. */
  private store(id: string, group: ConsumerGroup): void {
    try {
      this.table.set(id, storedConsumerGroup(group));
    } catch (error) {
      this.host.log('error', 'group not stored', { group: id, err: String(error) });
    }
  }

  private schedule(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    const due = nextDeadline(this.groups.get(id)!);
    if (due === Infinity) return;
    const delay = Math.min(Math.max(due - this.host.now(), 0), MAX_TIMER_MS);
    const tick = (): void => this.replace(id, expire(this.groups.get(id)!, this.host.now()));
    this.timers.set(id, setTimeout(tick, delay).unref());
  }
}
