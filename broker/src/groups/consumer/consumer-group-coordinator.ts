import type { Log } from '../../log-line.js';
import type { Table } from '../../storage/table.js';
import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import type { Heartbeat as HeartbeatEvent, Join, Joined, Sync, Synced } from '../event.js';
import type { GroupCoordinator } from '../group-coordinator.js';
import { classicAssignment, classicHeartbeat, fits, heartbeatOfJoin } from './classic-member.js';
import {
  emptyConsumerGroup,
  JOINING,
  nextDeadline,
  type ConsumerGroup,
  type GroupLimits,
} from './consumer-group.js';
import type { Heartbeat, HeartbeatAnswer } from './heartbeat.js';
import { downgraded, isClassicAgain, upgraded } from './migration.js';
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
  /** The groups of the classic protocol, which may become groups of the consumer protocol, and the other way round. */
  readonly classic: GroupCoordinator;
  readonly log: Log;
  now(): number;
  limitsOf(groupId: string): GroupLimits;
}

type ClassicJoin = Omit<Join, 'kind' | 'ticket'>;
type ClassicHeartbeat = Omit<HeartbeatEvent, 'kind' | 'ticket'>;
type ClassicSync = Omit<Sync, 'kind' | 'ticket'>;

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
      const at = { now: host.now(), ...host.limitsOf(id) };
      this.groups.set(id, restoredConsumerGroup(stored, at));
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
    const at = { now: this.host.now(), topics: this.topics, limits: this.host.limitsOf(id) };
    const { group, answer } = step(before ?? this.upgraded(id), heartbeat, at);
    if (!before && this.host.classic.get(id)) this.host.classic.release(id);
    this.replace(id, group);
    return answer;
  }

  /** A classic member joins a group of the consumer protocol. Throws a KafkaError when it is refused. */
  join(id: string, join: ClassicJoin): Joined {
    const protocol = join.protocols[0]?.name ?? null;
    const group = this.groups.get(id)!;
    if (!fits(group, join)) throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, 'no common protocol');
    const known = join.memberId !== '' && join.instanceId !== null ? identified(group, join) : undefined;
    if (typeof known === 'number') throw new KafkaError(known, `${join.memberId} is not a member`);
    const memberId = join.memberId || join.newMemberId;
    const common = { memberId, leader: '', skipAssignment: false, members: [] };
    if (join.memberId === '' && join.instanceId === null && join.idRequired)
      return {
        ...common,
        error: ErrorCode.MEMBER_ID_REQUIRED,
        generation: -1,
        protocolType: null,
        protocol: null,
      };
    const answer = this.heartbeat(heartbeatOfJoin({ groupId: id, ...join, memberId }, this.topics));
    const generation = answer.memberEpoch;
    return { ...common, error: ErrorCode.NONE, generation, protocolType: 'consumer', protocol };
  }

  /** A heartbeat of a classic member. */
  classicHeartbeat(id: string, heartbeat: ClassicHeartbeat): ErrorCode {
    const { group, error } = classicHeartbeat(this.groups.get(id)!, heartbeat, this.host.now());
    this.replace(id, group);
    return error;
  }

  /** A classic member asks for its assignment. */
  sync(id: string, sync: ClassicSync): Synced {
    return classicAssignment(this.groups.get(id)!, sync, (topicId) => this.topics.nameOf(topicId));
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

  /** The group that a first heartbeat comes to: a new one, or what a classic group becomes. */
  private upgraded(id: string): ConsumerGroup {
    const classic = this.host.classic.get(id);
    return classic && classic.members.size > 0 ? upgraded(id, classic, this.topics) : emptyConsumerGroup;
  }

  private replace(id: string, group: ConsumerGroup): void {
    if (isClassicAgain(group)) return this.downgrade(id, group);
    const before = this.groups.get(id) ?? emptyConsumerGroup;
    this.groups.set(id, group);
    if (isWorthStoring(before, group)) this.store(id, () => this.table.set(id, storedConsumerGroup(group)));
    this.schedule(id);
  }

  private downgrade(id: string, group: ConsumerGroup): void {
    const nameOf = (topicId: string): string | undefined => this.topics.nameOf(topicId);
    this.store(id, () => this.table.delete(id));
    this.forget(id);
    this.host.classic.adopt(id, downgraded(group, this.host.now(), nameOf));
  }

  delete(id: string): void {
    this.table.delete(id);
    this.forget(id);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** A group that cannot be stored keeps working; its members would only have to rejoin after a restart. */
  private store(id: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.host.log('error', 'group not stored', { group: id, err: String(error) });
    }
  }

  private forget(id: string): void {
    this.groups.delete(id);
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
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
