/** A kind of deadline, such as the decision on an order, and the value that each one carries. */
export interface DeadlineType<T> {
  /** Its name in the database, unique in the service: `order.decision`. */
  readonly kind: string;
  /** Makes the type of the value part of this type; there is no such property. */
  readonly value?: T;
}

/** Defines a kind of deadline; `T`, the type of its value, must survive JSON. */
export function defineDeadline<T = null>(kind: string): DeadlineType<T> {
  return { kind };
}

/** A deadline whose time has come. */
export interface DueDeadline<T> {
  /** What it is about, such as the id of an order. */
  readonly key: string;
  readonly value: T;
}

/** Look at it again later: it stays overdue until it is finished. */
export interface LookAgain<T = unknown> {
  /** In how many milliseconds. */
  readonly after: number;
  readonly value: T;
}
