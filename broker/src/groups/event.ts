import type { ErrorCode } from '../wire/error-code.js';
import type { Protocol, Ticket } from './group.js';

interface Asked {
  readonly ticket: Ticket;
}
export interface Identity {
  readonly memberId: string;
  readonly instanceId: string | null;
}

export interface Join extends Asked, Identity {
  readonly kind: 'join';
  /** The id the member gets if it comes without one. */
  readonly newMemberId: string;
  /** Whether a new member must come again with its id before it counts (KIP-394). */
  readonly idRequired: boolean;
  /** Whether a leader can be told to leave the assignments as they are (KIP-814). */
  readonly canSkipAssignment: boolean;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly Protocol[];
}

export interface Sync extends Asked, Identity {
  readonly kind: 'sync';
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly assignments: ReadonlyMap<string, Buffer>;
}

export interface Heartbeat extends Asked, Identity {
  readonly kind: 'heartbeat';
  readonly generation: number;
}

/** Asks whether these offsets may be committed; generation -1 is a client outside of any group. */
export interface Commit extends Asked, Identity {
  readonly kind: 'commit';
  readonly generation: number;
}

export interface Leave extends Asked, Identity {
  readonly kind: 'leave';
}

/** The one who asked is not there any more to be answered. */
export interface Gone extends Asked {
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
  /** Everybody, for the leader; nobody, for the others. */
  readonly members: readonly { id: string; instanceId: string | null; metadata: Buffer }[];
}

export interface Synced {
  readonly error: ErrorCode;
  readonly protocolType: string | null;
  readonly protocol: string | null;
  readonly assignment: Buffer;
}

export interface Answered {
  readonly error: ErrorCode;
}

export interface Reply {
  readonly ticket: Ticket;
  readonly answer: Joined | Synced | Answered;
}
