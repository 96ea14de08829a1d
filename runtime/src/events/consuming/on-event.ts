import type { EventType, ReceivedEvent } from '../messages/event-type.js';
import type { EntityManager } from 'typeorm';

export type EventHandler<T> = (event: ReceivedEvent<T>, tx: EntityManager) => Promise<void>;

const HANDLES = Symbol('handles event');

export interface OnEventOptions<T> {
  /** Decides from the value alone whether the event matters to the handler; one that does not costs no transaction. */
  readonly when?: (value: T) => boolean;
}

interface Handles {
  readonly type: EventType<unknown>;
  readonly when?: (value: unknown) => boolean;
}

/**
 * Makes a provider's method handle an event: `@OnEvent(orderCreated) async onOrderCreated(event, tx)`. What it does
 * with `tx` is committed together with the inbox row of the event, so that its effect happens once however often the
 * event is delivered. Effects outside `tx` may happen more than once.
 *
 * When it throws, it is retried: without limit while the database or another service is unavailable, and a limited
 * number of times for any other error. Then the message goes to the dead-letter topic, and its partition moves on.
 */
export function OnEvent<T>(type: EventType<T>, { when }: OnEventOptions<T> = {}) {
  return (
    _target: object,
    _name: string | symbol,
    method: TypedPropertyDescriptor<EventHandler<T>>,
  ): void => {
    Reflect.defineMetadata(HANDLES, { type, when }, method.value!);
  };
}

export interface BoundHandler {
  /** `OrderConsumer.onOrderCreated`: its name in the inbox; renaming it would handle old events again. */
  readonly name: string;
  readonly type: EventType<unknown>;
  readonly when?: (value: unknown) => boolean;
  readonly handle: EventHandler<unknown>;
}

/** The handlers among a provider's methods. */
export function handlersOf(instance: object): BoundHandler[] {
  const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
  const found: BoundHandler[] = [];
  for (const name of Object.getOwnPropertyNames(prototype ?? {})) {
    const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown;
    if (typeof method !== 'function') continue;
    const handles = Reflect.getMetadata(HANDLES, method) as Handles | undefined;
    const handle = method.bind(instance) as EventHandler<unknown>;
    if (handles) found.push({ name: `${instance.constructor.name}.${name}`, ...handles, handle });
  }
  return found;
}
