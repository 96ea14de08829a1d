import type { ErrorCode } from '../wire/error-code.js';
import type { Protocol, Ticket } from './group.js';

interface Ticketed {
  readonly ticket: Ticket;
}
export interface Identity {
  readonly memberId: string;
  readonly instanceId: string | null;
}

export interface Join extends Ticketed, Identity {
  readonly kind: 'join';
  /** The id for a member that has none yet. */
  readonly newMemberId: string;
  /** Whether a new member must rejoin with its id (KIP-394). */
  readonly idRequired: boolean;
  /** Whether the leader can be told to keep the assignments (KIP-814). */
  readonly canSkipAssignment: boolean;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly Protocol[];
  /** A group that would be larger is refused. */
  readonly maxSize: number;
  /** How long a group that was empty waits for further members. */
  readonly initialDelayMs: number;
}

export interface Sync extends Ticketed, Identity {
  readonly kind: 'sync';
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly assignments: ReadonlyMap<string, Buffer>;
}

export interface Heartbeat extends Ticketed, Identity {
  readonly kind: 'heartbeat';
  readonly generation: number;
}

/** Checks whether a client may commit offsets; generation -1 is a client outside any group. */
export interface Commit extends Ticketed, Identity {
  readonly kind: 'commit';
  readonly generation: number;
}

export interface Leave extends Ticketed, Identity {
  readonly kind: 'leave';
}

/** The client of a pending request has disconnected. */
export interface Gone extends Ticketed {
  readonly kind: 'gone';
}

/** Time has passed. */
export interface Tick {
  readonly kind: 'tick';
}

export type GroupEvent = Join | Sync | Heartbeat | Commit | Leave | Gone | Tick;

export interface Joined {
  readonly error: ErrorCode;
  readonly memberId: string;
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  /** All members for the leader, none for the others. */
  readonly members: readonly { id: string; instanceId: string | null; metadata: Buffer }[];
}

export interface Synced {
  readonly error: ErrorCode;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly assignment: Buffer;
}

export interface ErrorReply {
  readonly error: ErrorCode;
}

export interface Reply {
  readonly ticket: Ticket;
  readonly answer: Joined | Synced | ErrorReply;
}
