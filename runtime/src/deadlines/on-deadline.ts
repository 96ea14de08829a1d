import type { EntityManager } from 'typeorm';
import type { DeadlineType, DueDeadline, LookAgain } from './deadline-type.js';

/**
 * What to do about a deadline, in the transaction that finishes it. It is not called if the deadline was set again or cleared
 * since. With `LookAgain` the deadline is not finished yet.
 */
export type Settle<T> = (tx: EntityManager) => Promise<LookAgain<T> | undefined | void>;

/** Looks at what is due, without a transaction, so that it may ask other services; resolves to what to do about it. */
export type DeadlineHandler<T> = (due: DueDeadline<T>) => Promise<Settle<T>>;

const HANDLES = Symbol('handles deadline');

/**
 * Makes a provider's method handle a kind of deadline: `@OnDeadline(decision) async onUndecided({ key })`. One process of a
 * service at a time calls it. When it throws, it is called again later, without limit; while it does so because the database or
 * another service is unavailable, the other deadlines of this kind wait, too.
 */
export function OnDeadline<T>(type: DeadlineType<T>) {
  return (
    _target: object,
    _name: string | symbol,
    method: TypedPropertyDescriptor<DeadlineHandler<T>>,
  ): void => {
    Reflect.defineMetadata(HANDLES, type.kind, method.value!);
  };
}

export interface BoundDeadlineHandler {
  readonly kind: string;
  readonly handle: DeadlineHandler<unknown>;
}

/** The handlers among a provider's methods. */
export function deadlineHandlersOf(instance: object): BoundDeadlineHandler[] {
  const prototype = Object.getPrototypeOf(instance) as object | null;
  const methods = Object.values(Object.getOwnPropertyDescriptors(prototype ?? {}))
    .map(({ value }) => value as unknown)
    .filter((value) => typeof value === 'function');
  return methods.flatMap((method) => {
    const kind = Reflect.getMetadata(HANDLES, method) as string | undefined;
    const handle = method.bind(instance) as DeadlineHandler<unknown>;
    return kind === undefined ? [] : [{ kind, handle }];
  });
}
