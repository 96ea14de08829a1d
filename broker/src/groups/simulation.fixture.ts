import { ErrorCode } from '../wire/error-code.js';
import type { GroupEvent, Joined, Reply, Synced } from './event.js';
import { emptyGroup, nextDeadline, type Group, type Ticket } from './group.js';
import { step } from './step.js';

export const PARTITIONS = 6;
export const SESSION = 1000;
const REBALANCE = 3000;
const HEARTBEAT = 300;

interface Standing {
  readonly generation: number;
  readonly leader: string;
  readonly members: readonly string[];
}

/** A consumer as clients are written: joins, syncs, and as the leader shares out the partitions. */
export class Consumer {
  memberId = '';
  standing: Standing | undefined;
  owned: number[] | undefined;
  isRunning = true;

  constructor(
    readonly name: string,
    readonly instanceId: string | null,
  ) {}

  get generation(): number {
    return this.standing?.generation ?? -1;
  }
}

/** A group, its consumers, the network between them and a clock that only moves when told. */
export class Simulation {
  group: Group = emptyGroup;
  now = 0;
  readonly consumers: Consumer[] = [];
  /** Every answer to every request, so that none is missing and none comes twice. */
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

  /** Killed: it sends nothing more, and nobody tells the group but the clock and, for what is parked, the socket. */
  crash(consumer: Consumer): void {
    consumer.isRunning = false;
    this.heartbeats.delete(consumer);
    for (const ticket of [...this.inFlight.keys()])
      if (this.owners.get(ticket) === consumer) {
        this.inFlight.delete(ticket);
        this.happen({ kind: 'gone', ticket });
      }
  }

  leave(consumer: Consumer): void {
    const { memberId, instanceId } = consumer;
    consumer.isRunning = false;
    this.heartbeats.delete(consumer);
    this.ask(consumer, { kind: 'leave', memberId, instanceId }, () => {});
  }

  /** Lets time pass, with everything that happens in it by itself. */
  advance(time: number): void {
    const until = this.now + time;
    for (;;) {
      const next = Math.min(nextDeadline(this.group), ...this.heartbeats.values());
      if (next > until) break;
      this.now = Math.max(this.now, next);
      if (nextDeadline(this.group) <= this.now) this.happen({ kind: 'tick' });
      for (const [consumer, at] of [...this.heartbeats]) if (at <= this.now) this.heartbeat(consumer);
    }
    this.now = until;
  }

  join(consumer: Consumer): void {
    consumer.owned = undefined;
    this.heartbeats.delete(consumer);
    const { memberId, instanceId, name } = consumer;
    this.ask(
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
        sessionTimeoutMs: SESSION,
        rebalanceTimeoutMs: REBALANCE,
        protocolType: 'consumer',
        protocols: [{ name: 'range', metadata: Buffer.from('topic') }],
      },
      (answer) => this.joined(consumer, answer as Joined),
    );
  }

  commit(consumer: Consumer, generation: number): ErrorCode {
    const { memberId, instanceId } = consumer;
    const ticket = this.ask(consumer, { kind: 'commit', memberId, instanceId, generation }, () => {});
    return this.answers.get(ticket)![0]!.error;
  }

  private readonly owners = new Map<Ticket, Consumer>();

  private ask(consumer: Consumer, question: object, then: (answer: Reply['answer']) => void): Ticket {
    const ticket = ++this.tickets;
    this.answers.set(ticket, []);
    this.owners.set(ticket, consumer);
    this.inFlight.set(ticket, then);
    this.happen({ ...question, ticket } as GroupEvent);
    return ticket;
  }

  private happen(event: GroupEvent): void {
    const before = this.group;
    const { group, replies } = step(before, event, this.now);
    this.group = group;
    if (group.generation < before.generation) this.violations.push('the generation went back');
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
    consumer.standing = { generation: answer.generation, leader: answer.leader, members };
    this.sync(consumer);
  }

  private sync(consumer: Consumer): void {
    const { generation, leader, members } = consumer.standing!;
    const { memberId, instanceId } = consumer;
    if ((leader === memberId) !== members.length > 0 && this.group.phase !== 'Stable')
      this.violations.push('somebody else than the leader was given the members');
    const assignments = new Map(members.map((id, i) => [id, Buffer.from(shareOf(i, members.length))]));
    const question = {
      kind: 'sync',
      memberId,
      instanceId,
      generation,
      protocolType: null,
      protocol: null,
      assignments,
    };
    this.ask(consumer, question, (answer) => this.synced(consumer, answer as Synced));
  }

  private synced(consumer: Consumer, { error, assignment }: Synced): void {
    if (error !== ErrorCode.NONE) return this.again(consumer, error);
    consumer.owned = [...assignment];
    this.heartbeats.set(consumer, this.now + HEARTBEAT);
    this.checkOwners(consumer);
  }

  private heartbeat(consumer: Consumer): void {
    const { memberId, instanceId, generation } = consumer;
    this.heartbeats.set(consumer, this.now + HEARTBEAT);
    this.ask(consumer, { kind: 'heartbeat', memberId, instanceId, generation }, ({ error }) => {
      if (error !== ErrorCode.NONE) this.again(consumer, error);
    });
  }

  private again(consumer: Consumer, error: ErrorCode): void {
    if (error === ErrorCode.FENCED_INSTANCE_ID) return this.crash(consumer);
    if (error === ErrorCode.UNKNOWN_MEMBER_ID) consumer.memberId = '';
    this.join(consumer);
  }

  /** Two members of one generation never have the same partition, but for a static one and its former self. */
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
