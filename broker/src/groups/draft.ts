import { ErrorCode } from '../wire/error-code.js';
import type { Identity, Joined, Reply, Synced } from './event.js';
import { metadataOf, type Group, type Member, type Ticket } from './group.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A copy of a group that a transition works on, and the answers it gives on the way. */
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

  /** The member has been heard of. */
  touch(member: Member): void {
    this.change(member.id, { expiresAt: this.now + member.sessionTimeoutMs });
  }

  /** Why these are not the words of a member, or NONE. */
  identify({ memberId, instanceId }: Identity): ErrorCode {
    const known = instanceId === null ? undefined : this.withInstance(instanceId);
    if (instanceId !== null && !known) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (known && known.id !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
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

  /** Tells a member the generation it is part of. */
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

  /** Answers what is parked of a member with an error. */
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
