import type { StoredData } from './history-type.js';

/** Who and what brought an event about; null where nobody knows. */
export interface Origin {
  /** The id of the user; null if a service did it on its own. */
  readonly actor: string | null;
  readonly traceId: string | null;
  /** The id of the request, or of the message, that the event is an effect of. */
  readonly causationId: string | null;
  /** The `causationId` of the first event: what began the aggregate. */
  readonly correlationId: string | null;
}

/** An event as it is stored: its data is that of its version. */
export interface StoredEvent extends Origin {
  /** The id of the aggregate. */
  readonly id: string;
  /** 1 for its first event, and one more for each. */
  readonly version: number;
  readonly type: string;
  /** The version of the type's data. */
  readonly schemaVersion: number;
  readonly data: StoredData;
  readonly at: Date;
}
