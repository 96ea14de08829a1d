import type { Violation } from '@msx/runtime';

/** Whether an invariant held. */
export interface Verdict {
  readonly invariant: string;
  /** The service that it is about, unless it is about several. */
  readonly service?: string;
  /** As a sentence. */
  readonly expected: string;
  /** Empty if it held. */
  readonly violations: readonly Violation[];
}

export const isBroken = ({ violations }: Verdict): boolean => violations.length > 0;

/** What was found at the end of a drill, when everything had settled or the time for it was over. */
export interface Findings {
  /** Events that acknowledged changes have to have. */
  readonly announced: readonly { readonly topic: string; readonly key: string }[];
  /** Changes that nobody acknowledged, although clients tried again and again. */
  readonly refused: readonly Violation[];
  /** The records of each topic, dead-letter topics included. */
  readonly records: Readonly<Record<string, readonly FoundRecord[]>>;
  readonly services: readonly FoundService[];
  /** Messages that were sent to be refused, by id, with the groups that have to refuse them. */
  readonly poison: readonly {
    readonly id: string;
    readonly topic: string;
    readonly groups: readonly string[];
  }[];
  /** Events that were handled although they had been handled before, by topic. */
  readonly handledAgain: Readonly<Record<string, number>>;
}

export interface FoundRecord {
  readonly id: string;
  readonly key: string;
}

export interface FoundService {
  readonly name: string;
  /** Why it is not ready; absent if it is. */
  readonly unready?: string;
  /** Messages in its topics that it has not consumed. */
  readonly lag: Readonly<Record<string, number>>;
  /** The topics that it consumes whole, without leaving events out. */
  readonly consumes: readonly string[];
  readonly database?: FoundDatabase;
}

export interface FoundDatabase {
  /** The ids of the events that were handled. */
  readonly inbox: ReadonlySet<string>;
  /** Messages that are not published, with their topics. */
  readonly outbox: readonly Violation[];
  readonly refused: readonly Violation[];
  readonly overdue: readonly Violation[];
}
