/** Random choices that are the same again with the same seed. */
export interface RandomSource {
  /** An integer from 0, less than `below`. */
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** What the code of a verification works with. */
export interface VerificationContext {
  /** Differs between any two runs of a drill: for names and keys that must be unique. */
  readonly run: string;
  readonly random: RandomSource;
  /** Calls a method of any service of the system, as `msx call` does, with a request and an answer in JSON. */
  call<T = unknown>(service: string, method: string, request: object): Promise<T>;
}

/** An event that an acknowledged change has to have. */
export interface AnnouncedEvent {
  readonly topic: string;
  readonly key: string;
}

export interface Change<Prepared> extends VerificationContext {
  /** From 0. A change that failed is made again with the same number, as a client retries. */
  readonly n: number;
  readonly prepared: Prepared;
}

/** Something that does not keep to an invariant. */
export interface Violation {
  /** Of the row or event that it is about. */
  readonly id: string;
  readonly found: string;
}

/** Reads the service's own database. */
export type Query = (sql: string) => readonly Readonly<Record<string, unknown>>[];

/** What holds once everything has settled. */
export interface Invariant {
  /** As a sentence: `each order is decided`. */
  readonly expected: string;
  /** Selects the rows that violate it: the first column is the id, the others say what was found. */
  readonly sql?: string;
  /** The same in TypeScript. */
  readonly check?: (
    context: VerificationContext & { readonly query: Query },
  ) => Promise<readonly Violation[]>;
}

/** A burst of requests that compete for something, which is a drill of its own. */
export interface Rush {
  /** As a sentence: `50 buyers order the last item at the same time`. */
  readonly description: string;
  readonly expected: string;
  /** Makes the requests, as many as `size`; resolves to what has to be checked once everything has settled. */
  readonly start: (
    context: VerificationContext & { readonly size: number },
  ) => Promise<() => Promise<readonly Violation[]>>;
  readonly size: number;
}

/**
 * How `msx verify` uses a service, and what always holds in it: the export `verification` of
 * `src/verification/verification.ts`. That file is loaded without the service, so that it imports only types.
 */
export interface Verification<Prepared = unknown> {
  /** Creates what the changes need, such as products to order, before a drill. */
  readonly prepare?: (context: VerificationContext) => Promise<Prepared>;
  /** Makes one change, as a client would, and resolves to its events once it is acknowledged. */
  readonly change?: (change: Change<Prepared>) => Promise<readonly AnnouncedEvent[]>;
  /** The consumed topics of which the handlers leave out some events, with `when`. */
  readonly selective?: readonly string[];
  readonly invariants?: Readonly<Record<string, Invariant>>;
  readonly rushes?: Readonly<Record<string, Rush>>;
}
