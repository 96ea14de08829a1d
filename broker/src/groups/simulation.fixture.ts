import { ErrorCode } from '../wire/error-code.js';
import type { GroupEvent, Joined, Reply, Synced } from './event.js';
import { emptyGroup, nextDeadline, type Group, type Ticket } from './group.js';
import { step } from './step.js';

export const PARTITIONS = 6;
export const SESSION_TIMEOUT_MS = 1000;
const REBALANCE_TIMEOUT_MS = 3000;
const HEARTBEAT_INTERVAL_MS = 300;

interface Membership {
  readonly generation: number;
  readonly leader: string;
  readonly members: readonly string[];
}

/** A consumer that behaves like real clients: it joins, syncs, and assigns the partitions when it is the leader. */
export class Consumer {
  memberId = '';
  membership: Membership | undefined;
  owned: number[] | undefined;
  isRunning = true;

  constructor(
    readonly name: string,
    readonly instanceId: string | null,
  ) {}

  get generation(): number {
    return this.membership?.generation ?? -1;
  }
}

/** A group, its consumers, the network between them, and a manual clock. */
export class Simulation {
  group: Group = emptyGroup;
  now = 0;
  /** The metadata with which consumers join. */
  metadata = 'topic';
  /** How long the empty group waits for further members. */
  initialDelayMs = 0;
  readonly consumers: Consumer[] = [];
  /** All answers to each request, to check that there is exactly one. */
  readonly answers = new Map<Ticket, Reply['answer'][]>();
  readonly violations: string[] = [];
  private readonly inFlight = new Map<Ticket, (answer: Reply['answer']) => void>();
  private readonly heartbeats = new Map<Consumer, number>();
  private tickets = 0;
  private ids = 0;

  start(instanceId: string | null = null): Consumer {
    const consumer = new Consumer(`c${this.consumers.length}`, instanceId);
    this.consumers.push(consumer);
    this.join(consumer);
    return consumer;
  }

  /** Kills a consumer: the group only notices by timeouts and, for pending requests, by the closed socket. */
  crash(consumer: Consumer): void {
    consumer.isRunning = false;
    this.heartbeats.delete(consumer);
    for (const ticket of [...this.inFlight.keys()])
      if (this.owners.get(ticket) === consumer) {
        this.inFlight.delete(ticket);
        this.handle({ kind: 'gone', ticket });
      }
  }

  leave(consumer: Consumer): void {
    const { memberId, instanceId } = consumer;
    consumer.isRunning = false;
    this.heartbeats.delete(consumer);
    this.send(consumer, { kind: 'leave', memberId, instanceId }, () => {});
  }

  /** Advances the clock and triggers all timeouts and heartbeats on the way. */
  advance(time: number): void {
    const until = this.now + time;
    for (;;) {
      const next = Math.min(nextDeadline(this.group), ...this.heartbeats.values());
      if (next > until) break;
      this.now = Math.max(this.now, next);
      if (nextDeadline(this.group) <= this.now) this.handle({ kind: 'tick' });
      for (const [consumer, at] of [...this.heartbeats]) if (at <= this.now) this.heartbeat(consumer);
    }
    this.now = until;
  }

  join(consumer: Consumer): void {
    consumer.owned = undefined;
    this.heartbeats.delete(consumer);
    const { memberId, instanceId, name } = consumer;
    this.send(
      consumer,
      {
        kind: 'join',
        memberId,
        instanceId,
        newMemberId: `${name}-${++this.ids}`,
        idRequired: true,
        canSkipAssignment: true,
        clientId: name,
        clientHost: '',
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
        rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
        protocolType: 'consumer',
        protocols: [{ name: 'range', metadata: Buffer.from(this.metadata) }],
        maxSize: 1000,
        initialDelayMs: this.initialDelayMs,
      },
      (answer) => this.joined(consumer, answer as Joined),
    );
  }

  commit(consumer: Consumer, generation: number): ErrorCode {
    const { memberId, instanceId } = consumer;
    const ticket = this.send(consumer, { kind: 'commit', memberId, instanceId, generation }, () => {});
    return this.answers.get(ticket)![0]!.error;
  }

  private readonly owners = new Map<Ticket, Consumer>();

  private send(consumer: Consumer, request: object, then: (answer: Reply['answer']) => void): Ticket {
    const ticket = ++this.tickets;
    this.answers.set(ticket, []);
    this.owners.set(ticket, consumer);
    this.inFlight.set(ticket, then);
    this.handle({ ...request, ticket } as GroupEvent);
    return ticket;
  }

  private handle(event: GroupEvent): void {
    const before = this.group;
    const { group, replies } = step(before, event, this.now);
    this.group = group;
    if (group.generation < before.generation) this.violations.push('the generation decreased');
    for (const { ticket, answer } of replies) {
      this.answers.get(ticket)!.push(answer);
      const then = this.inFlight.get(ticket);
      this.inFlight.delete(ticket);
      if (this.owners.get(ticket)!.isRunning) then?.(answer);
    }
  }

  private joined(consumer: Consumer, answer: Joined): void {
    if (answer.error === ErrorCode.FENCED_INSTANCE_ID) return this.crash(consumer);
    consumer.memberId = answer.error === ErrorCode.UNKNOWN_MEMBER_ID ? '' : answer.memberId;
    if (answer.error !== ErrorCode.NONE) return this.join(consumer);
    const members = answer.skipAssignment ? [] : answer.members.map(({ id }) => id);
    consumer.membership = { generation: answer.generation, leader: answer.leader, members };
    this.sync(consumer);
  }

  private sync(consumer: Consumer): void {
    const { generation, leader, members } = consumer.membership!;
    const { memberId, instanceId } = consumer;
    if ((leader === memberId) !== members.length > 0 && this.group.phase !== 'Stable')
      this.violations.push('a member other than the leader received the members');
    const assignments = new Map(members.map((id, i) => [id, Buffer.from(shareOf(i, members.length))]));
    const request = {
      kind: 'sync',
      memberId,
      instanceId,
      generation,
      protocolType: null,
      protocol: null,
      assignments,
    };
    this.send(consumer, request, (answer) => this.synced(consumer, answer as Synced));
  }

  private synced(consumer: Consumer, { error, assignment }: Synced): void {
    if (error !== ErrorCode.NONE) return this.retry(consumer, error);
    consumer.owned = [...assignment];
    this.heartbeats.set(consumer, this.now + HEARTBEAT_INTERVAL_MS);
    this.checkOwners(consumer);
  }

  private heartbeat(consumer: Consumer): void {
    const { memberId, instanceId, generation } = consumer;
    this.heartbeats.set(consumer, this.now + HEARTBEAT_INTERVAL_MS);
    this.send(consumer, { kind: 'heartbeat', memberId, instanceId, generation }, ({ error }) => {
      if (error !== ErrorCode.NONE) this.retry(consumer, error);
    });
  }

  private retry(consumer: Consumer, error: ErrorCode): void {
    if (error === ErrorCode.FENCED_INSTANCE_ID) return this.crash(consumer);
    if (error === ErrorCode.UNKNOWN_MEMBER_ID) consumer.memberId = '';
    this.join(consumer);
  }

  /** Two members of one generation never own the same partition, except a static member and its former instance. */
  private checkOwners({ name, instanceId, generation, owned }: Consumer): void {
    for (const other of this.consumers)
      if (
        other.isRunning &&
        other.name !== name &&
        other.generation === generation &&
        (instanceId === null || other.instanceId !== instanceId)
      )
        for (const partition of owned!)
          if (other.owned?.includes(partition))
            this.violations.push(`${name} and ${other.name} have ${partition}`);
  }
}

const shareOf = (index: number, members: number): number[] =>
  Array.from({ length: PARTITIONS }, (_, partition) => partition).filter((p) => p % members === index);
