import { randomInt } from 'node:crypto';
import { ErrorCode } from '../wire/error-code.js';
import {
  FetchSession,
  type AnsweredTopic,
  type ForgottenTopic,
  type RequestedPartition,
  type RequestedTopic,
} from './fetch-session.js';

/** The sessions that are kept at most (Kafka's max.incremental.fetch.session.cache.slots). */
const MAX_SESSIONS = 1000;
/** All sessions together have at most as many partitions; clients beyond it send full requests. */
const MAX_PARTITIONS = 200_000;
/** A session that was not used for this long makes room for another (Kafka's FetchSession eviction time). */
const EVICTION_MS = 120_000;

const NO_SESSION = 0;
/** The epochs of requests that name all their partitions: to begin a session, or to have none. */
const INITIAL_EPOCH = 0;
const FINAL_EPOCH = -1;
const MAX_INT32 = 0x7fff_ffff;
/** From this version on, topics have ids instead of names; a session has only one of them. */
const FIRST_WITH_TOPIC_IDS = 13;

interface Entry {
  readonly id: number;
  readonly session: FetchSession;
  readonly usesTopicIds: boolean;
  readonly created: number;
  lastUsed: number;
  epoch: number;
}

export interface FetchSessionRequest<P extends RequestedPartition> {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly topics: RequestedTopic<P>[];
  readonly forgottenTopicsData: readonly ForgottenTopic[];
}

/** What a request reads, and how its response is completed. */
export interface FetchContext<P extends RequestedPartition> {
  readonly topics: RequestedTopic<P>[];
  complete<T extends AnsweredTopic>(responses: T[]): FetchCompletion<T>;
}

type FetchCompletion<T> =
  | { readonly errorCode: ErrorCode; readonly sessionId: number }
  | { readonly sessionId: number; readonly responses: T[] };

const nextEpoch = (epoch: number): number => (epoch === MAX_INT32 ? 1 : epoch + 1);

/** The fetch sessions of all clients (KIP-227), with the rules of Kafka's FetchSession and FetchManager. */
export class FetchSessionCache {
  /** The least recently used session comes first. */
  private readonly entries = new Map<number, Entry>();
  private partitions = 0;

  constructor(private readonly now: () => number) {}

  /** Returns an error code if the session does not exist or has another state than the client believes. */
  open<P extends RequestedPartition>(
    request: FetchSessionRequest<P>,
    version: number,
  ): FetchContext<P> | ErrorCode {
    const { sessionId, sessionEpoch, topics } = request;
    if (sessionEpoch !== INITIAL_EPOCH && sessionEpoch !== FINAL_EPOCH)
      return this.continue(request, version);
    this.remove(this.entries.get(sessionId));
    if (sessionEpoch === FINAL_EPOCH) return withoutSession(topics);
    return {
      topics,
      complete: (responses) => ({ sessionId: this.create(topics, responses, version), responses }),
    };
  }

  private continue<P extends RequestedPartition>(
    request: FetchSessionRequest<P>,
    version: number,
  ): FetchContext<P> | ErrorCode {
    const entry = this.entries.get(request.sessionId);
    if (!entry) return ErrorCode.FETCH_SESSION_ID_NOT_FOUND;
    if (entry.epoch !== request.sessionEpoch) return ErrorCode.INVALID_FETCH_SESSION_EPOCH;
    if (entry.usesTopicIds !== version >= FIRST_WITH_TOPIC_IDS) return ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR;
    const session = entry.session as FetchSession<P>;
    this.resize(entry, () => session.update(request.topics, request.forgottenTopicsData));
    if (session.size === 0 || this.partitions > MAX_PARTITIONS) this.remove(entry);
    if (session.size === 0) return withoutSession(request.topics);
    if (!this.entries.has(entry.id)) return ErrorCode.FETCH_SESSION_ID_NOT_FOUND;
    this.touch(entry);
    const epoch = (entry.epoch = nextEpoch(entry.epoch));
    return {
      topics: session.topics(),
      complete: (responses) =>
        entry.epoch === epoch
          ? { sessionId: entry.id, responses: session.news(responses) }
          : { errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH, sessionId: entry.id },
    };
  }

  /** The id of a new session, or 0 if there is no room for it. */
  private create(
    topics: readonly RequestedTopic[],
    responses: readonly AnsweredTopic[],
    version: number,
  ): number {
    const session = new FetchSession();
    session.update(topics);
    if (!this.makeRoom(session.size)) return NO_SESSION;
    session.remember(responses);
    const now = this.now();
    const usesTopicIds = version >= FIRST_WITH_TOPIC_IDS;
    const entry = { id: this.freeId(), session, usesTopicIds, created: now, lastUsed: now, epoch: 1 };
    this.entries.set(entry.id, entry);
    this.partitions += session.size;
    return entry.id;
  }

  /** Evicts a session that is unused, or else an old one with fewer partitions than the new one. */
  private makeRoom(size: number): boolean {
    const isFull = (): boolean =>
      this.entries.size >= MAX_SESSIONS || this.partitions + size > MAX_PARTITIONS;
    if (!isFull()) return true;
    const now = this.now();
    const [oldest] = this.entries.values();
    if (oldest && now - oldest.lastUsed > EVICTION_MS) this.remove(oldest);
    else {
      const old = [...this.entries.values()].filter(({ created }) => now - created > EVICTION_MS);
      const [smallest] = old.sort((a, b) => a.session.size - b.session.size);
      if (smallest && smallest.session.size < size) this.remove(smallest);
    }
    return !isFull();
  }

  private freeId(): number {
    const id = randomInt(1, MAX_INT32);
    return this.entries.has(id) ? this.freeId() : id;
  }

  private touch(entry: Entry): void {
    entry.lastUsed = this.now();
    this.entries.delete(entry.id);
    this.entries.set(entry.id, entry);
  }

  private resize({ session }: Entry, change: () => void): void {
    const before = session.size;
    change();
    this.partitions += session.size - before;
  }

  private remove(entry: Entry | undefined): void {
    if (entry && this.entries.delete(entry.id)) this.partitions -= entry.session.size;
  }
}

const withoutSession = <P extends RequestedPartition>(topics: RequestedTopic<P>[]): FetchContext<P> => ({
  topics,
  complete: (responses) => ({ sessionId: NO_SESSION, responses }),
});
