import { ErrorCode, KafkaError } from '../../wire/error-code.js';
import {
  AWAY,
  emptyConsumerGroup,
  JOINING,
  LEAVING,
  nextDeadline,
  type ConsumerGroup,
  type GroupLimits,
} from './consumer-group.js';
import type { Heartbeat, HeartbeatAnswer } from './heartbeat.js';
import { restoredConsumerGroup, storedConsumerGroup } from './stored-consumer-group.js';
import { expire, step } from './step.js';
import { TopicView } from './topic-view.js';

export const SESSION_TIMEOUT_MS = 45_000;
const LIMITS: GroupLimits = {
  sessionTimeoutMs: SESSION_TIMEOUT_MS,
  maxSize: 1000,
  assignmentIntervalMs: 0,
  assignors: ['uniform', 'range'],
};
const HEARTBEAT_INTERVAL_MS = 5000;
const REBALANCE_TIMEOUT_MS = 20_000;

/** A consumer as a Kafka client implements it: it owns what it was given, and gives up what it is told to. */
export class ModernConsumer {
  memberId = '';
  epoch = JOINING;
  isRunning = true;
  /** A stuck consumer heartbeats, but never gives up a partition. */
  isStuck = false;
  owned = new Set<string>();
  /** Null before the first answer. */
  target: Set<string> | null = null;
  nextHeartbeat = 0;

  constructor(
    readonly name: string,
    readonly instanceId: string | null,
    public topicNames: readonly string[],
  ) {}
}

interface Options {
  readonly instanceId?: string;
  readonly topics?: readonly string[];
  readonly assignor?: string;
}

/** A group with its consumers, its topics, and a clock. Replies can be lost. */
export class ConsumerSimulation {
  group: ConsumerGroup = emptyConsumerGroup;
  now = 0;
  isLossy = false;
  limits = LIMITS;
  readonly consumers: ModernConsumer[] = [];
  readonly violations: string[] = [];
  readonly refusals: ErrorCode[] = [];
  readonly topics = new Map<string, number>([
    ['a', 6],
    ['b', 3],
  ]);
  private readonly incarnations = new Map<string, number>();
  private readonly assignors = new Map<ModernConsumer, string>();
  private ids = 0;
  private readonly view = new TopicView({
    get: (name) => this.topic(name),
    all: () => [...this.topics.keys()].map((name) => this.topic(name)!),
    withId: (id) => [...this.topics.keys()].map((name) => this.topic(name)!).find((topic) => topic.id === id),
  });

  start({ instanceId, topics = ['a'], assignor = 'uniform' }: Options = {}): ModernConsumer {
    const consumer = new ModernConsumer(`c${this.consumers.length}`, instanceId ?? null, topics);
    this.assignors.set(consumer, assignor);
    this.consumers.push(consumer);
    this.join(consumer);
    return consumer;
  }

  /** A consumer that has lost its partitions, or is new, joins with a new id. */
  join(consumer: ModernConsumer): void {
    Object.assign(consumer, { memberId: `${consumer.name}-${++this.ids}`, epoch: JOINING, target: null });
    consumer.owned.clear();
    this.heartbeat(consumer);
  }

  crash(consumer: ModernConsumer): void {
    consumer.isRunning = false;
  }

  leave(consumer: ModernConsumer): void {
    consumer.isRunning = false;
    this.send(consumer, { memberEpoch: consumer.instanceId === null ? LEAVING : AWAY });
  }

  deleteTopic(name: string): void {
    this.topics.delete(name);
    this.incarnations.set(name, (this.incarnations.get(name) ?? 0) + 1);
  }

  /** The broker is killed, and starts from what it has stored. */
  restart(): void {
    const stored = JSON.parse(JSON.stringify(storedConsumerGroup(this.group)));
    this.group = restoredConsumerGroup(stored, { now: this.now, ...LIMITS });
  }

  advance(time: number): void {
    const until = this.now + time;
    for (;;) {
      const running = this.consumers.filter(({ isRunning }) => isRunning);
      const next = Math.min(nextDeadline(this.group), ...running.map((each) => each.nextHeartbeat));
      if (next > until) break;
      this.now = Math.max(this.now, next);
      this.replace(expire(this.group, this.now));
      for (const consumer of running) if (consumer.nextHeartbeat <= this.now) this.heartbeat(consumer);
    }
    this.now = until;
  }

  /** Long enough for every timeout, and for every partition to change hands. */
  settle(): void {
    this.isLossy = false;
    this.advance(4 * SESSION_TIMEOUT_MS);
  }

  private topic(name: string) {
    const length = this.topics.get(name);
    if (length === undefined) return undefined;
    return { name, id: `${name}${this.incarnations.get(name) ?? 0}`, partitions: { length } };
  }

  private heartbeat(consumer: ModernConsumer): void {
    consumer.nextHeartbeat = this.now + HEARTBEAT_INTERVAL_MS;
    const answer = this.send(consumer, {
      memberEpoch: consumer.epoch,
      owned: consumer.epoch === JOINING ? [] : [...consumer.owned],
    });
    if (answer) this.accept(consumer, answer);
  }

  /** Undefined if the heartbeat is refused, or the reply is lost. */
  private send(consumer: ModernConsumer, part: Partial<Heartbeat>): HeartbeatAnswer | undefined {
    const heartbeat = {
      groupId: 'g',
      memberId: consumer.memberId,
      memberEpoch: JOINING,
      instanceId: consumer.instanceId,
      rackId: null,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      topicNames: consumer.topicNames,
      topicRegex: null,
      serverAssignor: this.assignors.get(consumer)!,
      owned: null,
      classic: null,
      clientId: consumer.name,
      clientHost: '/127.0.0.1',
      ...part,
    };
    try {
      const at = { now: this.now, topics: this.view, limits: this.limits };
      const { group, answer } = step(this.group, heartbeat, at);
      this.replace(group);
      return this.isLossy && this.ids++ % 3 === 0 ? undefined : answer;
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      this.refused(consumer, error.code);
      return undefined;
    }
  }

  private accept(consumer: ModernConsumer, { memberEpoch, assignment }: HeartbeatAnswer): void {
    if (memberEpoch < consumer.epoch) this.violations.push(`the epoch of ${consumer.name} decreased`);
    consumer.epoch = memberEpoch;
    if (assignment) consumer.target = new Set(assignment);
    if (consumer.target === null) return;
    if (!consumer.isStuck)
      for (const key of consumer.owned) if (!consumer.target.has(key)) consumer.owned.delete(key);
    for (const key of consumer.target) this.own(consumer, key);
  }

  private own(consumer: ModernConsumer, key: string): void {
    for (const other of this.consumers)
      if (other !== consumer && other.isRunning && !other.isStuck && other.owned.has(key))
        this.violations.push(`${consumer.name} and ${other.name} both have ${key}`);
    consumer.owned.add(key);
  }

  /** A fenced consumer abandons its partitions and joins again; a static one whose id was taken over is done. */
  private refused(consumer: ModernConsumer, code: ErrorCode): void {
    this.refusals.push(code);
    if (code === ErrorCode.FENCED_INSTANCE_ID) consumer.isRunning = false;
    consumer.owned.clear();
    consumer.target = null;
    consumer.epoch = JOINING;
  }

  private replace(group: ConsumerGroup): void {
    if (group.epoch < this.group.epoch) this.violations.push('the epoch of the group decreased');
    if (group.assignmentEpoch < this.group.assignmentEpoch)
      this.violations.push('the epoch of the target assignment decreased');
    if (group.assignmentEpoch > group.epoch) this.violations.push('the target is ahead of its group');
    const owners = [...group.members.values()].flatMap(({ assigned, revoking }) => [
      ...assigned,
      ...revoking,
    ]);
    if (new Set(owners).size < owners.length) this.violations.push('a partition has two members');
    this.group = group;
  }
}
