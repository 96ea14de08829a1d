import { ErrorCode } from '../wire/error-code.js';
import type { Identity, Joined, Reply, Synced } from './event.js';
import { metadataOf, type Group, type Member, type Ticket } from './group.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The working copy of a group during a transition, with the replies that it produces. */
export class Draft {
  readonly group: Mutable<Group> & { members: Map<string, Member>; pending: Map<string, number> };
  readonly replies: Reply[] = [];

  constructor(
    before: Group,
    readonly now: number,
  ) {
    this.group = { ...before, members: new Map(before.members), pending: new Map(before.pending) };
  }

  get members(): Member[] {
    return [...this.group.members.values()];
  }

  change(id: string, changes: Partial<Member>): Member {
    const member = { ...this.group.members.get(id)!, ...changes };
    this.group.members.set(id, member);
    return member;
  }

  /** Renews the session of a member. */
  touch(member: Member): void {
    this.change(member.id, { expiresAt: this.now + member.sessionTimeoutMs });
  }

  /** The error if this is not a current member, or NONE. */
  identify({ memberId, instanceId }: Identity): ErrorCode {
    const holder = instanceId === null ? undefined : this.withInstance(instanceId);
    if (instanceId !== null && !holder) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (holder && holder.id !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
    return this.group.members.has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
  }

  withInstance(instanceId: string): Member | undefined {
    return this.members.find((member) => member.instanceId === instanceId);
  }

  answer(ticket: Ticket, error: ErrorCode): void {
    this.replies.push({ ticket, answer: { error } });
  }

  refuseJoin(ticket: Ticket, error: ErrorCode, memberId: string): void {
    const nothing = { generation: -1, protocolType: null, protocol: null, leader: '', members: [] };
    this.replies.push({
      ticket,
      answer: { error, memberId, skipAssignment: false, ...nothing } satisfies Joined,
    });
  }

  /** Answers a join with the current generation. */
  admit(ticket: Ticket, member: Member, special: Partial<Joined> = {}): void {
    const { generation, protocolType, protocol, leader } = this.group;
    const answer: Joined = {
      error: ErrorCode.NONE,
      memberId: member.id,
      generation,
      protocolType,
      protocol,
      leader: leader ?? '',
      skipAssignment: false,
      members: leader === member.id ? this.roster() : [],
      ...special,
    };
    this.replies.push({ ticket, answer });
  }

  refuseSync(ticket: Ticket, error: ErrorCode): void {
    const answer: Synced = { error, protocolType: null, protocol: null, assignment: Buffer.alloc(0) };
    this.replies.push({ ticket, answer });
  }

  assign(ticket: Ticket, { assignment }: Member): void {
    const { protocolType, protocol } = this.group;
    this.replies.push({ ticket, answer: { error: ErrorCode.NONE, protocolType, protocol, assignment } });
  }

  /** Answers the pending requests of a member with an error. */
  dismiss(member: Member, error: ErrorCode): void {
    if (member.joining !== null) this.refuseJoin(member.joining, error, member.id);
    if (member.syncing !== null) this.refuseSync(member.syncing, error);
  }

  roster(): Joined['members'] {
    return this.members.map((member) => ({
      id: member.id,
      instanceId: member.instanceId,
      metadata: metadataOf(member, this.group.protocol),
    }));
  }
}
