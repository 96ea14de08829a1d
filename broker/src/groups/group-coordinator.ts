import type { Log } from '../log-line.js';
import type { Table } from '../storage/table.js';
import { ErrorCode } from '../wire/error-code.js';
import { Draft } from './draft.js';
import type { ErrorReply, GroupEvent, Joined, Reply, Synced } from './event.js';
import { emptyGroup, nextDeadline, type Group, type Ticket } from './group.js';
import { isWorthStoring, restoredGroup, storedGroup, type StoredGroup } from './stored-group.js';
import { step } from './step.js';

type WithoutTicket<E> = E extends { ticket: Ticket } ? Omit<E, 'ticket'> : never;
type GroupRequest = WithoutTicket<Exclude<GroupEvent, { kind: 'gone' }>>;
type Answer<Q extends GroupRequest> = Q['kind'] extends 'join'
  ? Joined
  : Q['kind'] extends 'sync'
    ? Synced
    : ErrorReply;

/** The longest delay of a timer. */
const MAX_TIMER_MS = 0x7fffffff;

/** Runs all groups: passes events to {@link step}, holds pending requests, and triggers timeouts. */
export class GroupCoordinator {
  private readonly groups = new Map<string, Group>();
  private readonly pendingRequests = new Map<Ticket, (answer: Reply['answer']) => void>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private lastTicket = 0;

  constructor(
    private readonly table: Table<StoredGroup>,
    private readonly clock: { now(): number; log: Log },
  ) {
    for (const [id, stored] of table.entries()) {
      const group = restoredGroup(stored, clock.now());
      this.groups.set(id, group);
      this.schedule(id, group);
    }
  }

  /** Resolves when the group answers, which can take as long as a rebalance for join and sync. */
  submit<Q extends GroupRequest>(id: string, request: Q, signal?: AbortSignal): Promise<Answer<Q>> {
    const ticket = ++this.lastTicket;
    return new Promise((resolve) => {
      const abandon = (): void => this.abandon(id, ticket);
      this.pendingRequests.set(ticket, (answer) => {
        signal?.removeEventListener('abort', abandon);
        resolve(answer as Answer<Q>);
      });
      signal?.addEventListener('abort', abandon, { once: true });
      this.handle(id, { ...request, ticket } as GroupEvent);
    });
  }

  get(id: string): Group | undefined {
    return this.groups.get(id);
  }

  all(): [string, Group][] {
    return [...this.groups];
  }

  delete(id: string): void {
    this.table.delete(id);
    this.groups.delete(id);
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  /** Hands a group over to the consumer protocol; pending requests are answered so that members rejoin there. */
  release(id: string): void {
    const draft = new Draft(this.groups.get(id)!, this.clock.now());
    this.delete(id);
    for (const member of draft.members) draft.dismiss(member, ErrorCode.REBALANCE_IN_PROGRESS);
    for (const { ticket, answer } of draft.replies) this.reply(ticket, answer);
  }

  /** Takes over a group in which only classic members are left. */
  adopt(id: string, group: Group): void {
    this.groups.set(id, group);
    this.schedule(id, group);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.pendingRequests.clear();
  }

  private abandon(id: string, ticket: Ticket): void {
    if (this.pendingRequests.delete(ticket)) this.handle(id, { kind: 'gone', ticket });
  }

  private handle(id: string, event: GroupEvent): void {
    const before = this.groups.get(id) ?? emptyGroup;
    const { group, replies } = step(before, event, this.clock.now());
    const isUnused = group.generation === 0 && group.members.size === 0 && group.pending.size === 0;
    if (isUnused) this.groups.delete(id);
    else this.groups.set(id, group);
    if (isWorthStoring(before, group) && !isUnused) this.store(id, group);
    this.schedule(id, group);
    for (const { ticket, answer } of replies) this.reply(ticket, answer);
  }

  private reply(ticket: Ticket, answer: Reply['answer']): void {
    const resolve = this.pendingRequests.get(ticket);
    this.pendingRequests.delete(ticket);
    resolve?.(answer);
  }

  /**
   * A group that cannot be stored keeps working; its members would only have to rejoin after a restart of the broker.
   */
  private store(id: string, group: Group): void {
    try {
      this.table.set(id, storedGroup(group));
    } catch (error) {
      this.clock.log('error', 'group not stored', { group: id, err: String(error) });
    }
  }

  private schedule(id: string, group: Group): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    const due = nextDeadline(group);
    if (due === Infinity) return;
    const delay = Math.min(Math.max(due - this.clock.now(), 0), MAX_TIMER_MS);
    this.timers.set(id, setTimeout(() => this.handle(id, { kind: 'tick' }), delay).unref());
  }
}
