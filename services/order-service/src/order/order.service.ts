import {
  checkBatch,
  Database,
  type DomainError,
  type EdgePage,
  isId,
  isUniqueViolation,
  newId,
  type Page,
  pageOf,
  rowsOf,
  type Slice,
  type Sort,
  Validation,
} from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { OrderDeadlines } from './order.deadlines.js';
import { Order } from './order.entity.js';
import { orderErrors } from './order.errors.js';
import { OrderEvents } from './order.events.js';
import { matching, type OrderFilter } from './order.filter.js';
import { OrderHistory } from './order.history.js';
import { versionOf } from './order.history-type.js';
import {
  checkedOrder,
  checkCaller,
  checkRepeatable,
  fingerprintOf,
  type NewOrder,
  type RepeatableOrder,
} from './order.rules.js';
import { canBecome, type OrderStatus } from './order.status.js';

@Injectable()
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly events: OrderEvents,
    private readonly history: OrderHistory,
    private readonly deadlines: OrderDeadlines,
  ) {}

  /**
   * Saves a PENDING order, or returns the one that an earlier call with the same key saved.
   * @throws DomainError VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
   */
  async create(request: NewOrder): Promise<Order> {
    const order = newOrder(request);
    try {
      return await this.database.transaction(async (tx) => {
        await tx.insert(Order, order);
        await this.history.created(tx, order);
        await this.events.created(tx, order);
        await this.deadlines.pending(tx, order.id);
        return order;
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const first = await this.find(request as RepeatableOrder);
      if (!first) throw error;
      return first;
    }
  }

  /**
   * The order that an earlier `create` with this key saved, if any.
   * @throws DomainError VALIDATION_FAILED; IDEMPOTENCY_KEY_REUSED if it had other items
   */
  async find(request: RepeatableOrder): Promise<Order | null> {
    checkRepeatable(request);
    const { userId, idempotencyKey, items } = request;
    const first = await this.database.read.findOneBy(Order, { userId, idempotencyKey });
    if (!first || first.fingerprint === fingerprintOf(items)) return first;
    const message = 'this idempotency key was already used for an order of other items';
    throw orderErrors.IDEMPOTENCY_KEY_REUSED(message);
  }

  /** Applies a stock decision. An order that is no longer PENDING stays as it is. @throws DomainError ORDER_NOT_FOUND */
  async decide(tx: EntityManager, id: string, { accepted, reason }: Decision): Promise<Order> {
    return this.become(tx, id, accepted ? CONFIRMED : { status: 'REJECTED', reason });
  }

  /**
   * Applies the decision on an order whose time is over. If it is rejected, whatever the stock takes or has taken for it later
   * is to be returned. @throws DomainError ORDER_NOT_FOUND
   */
  async decideLate(tx: EntityManager, id: string, decision: Decision): Promise<void> {
    const { status } = await this.decide(tx, id, decision);
    if (status === 'REJECTED') await this.deadlines.over(tx, id, 'PENDING');
  }

  /** Publishes again that an order was created: the event or its answer may have been lost. @throws DomainError ORDER_NOT_FOUND */
  async tellAgain(tx: EntityManager, id: string): Promise<void> {
    await this.events.created(tx, await orderOf(tx, id));
  }

  /** Publishes again that an order is over. @throws DomainError ORDER_NOT_FOUND */
  async tellEndAgain(tx: EntityManager, id: string, previous: OrderStatus): Promise<void> {
    await this.events.statusChanged(tx, await orderOf(tx, id), previous);
  }

  /**
   * Idempotent: cancelling again keeps the first reason.
   * @throws DomainError VALIDATION_FAILED, ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE
   */
  async cancel(id: string, reason: string): Promise<Order> {
    new Validation().text(reason, 'reason', { max: 500 }).done();
    const order = await this.database.transaction((tx) =>
      this.become(tx, id, { status: 'CANCELLED', reason }),
    );
    if (order.status === 'CANCELLED') return order;
    const message = `a ${order.status} order cannot be cancelled`;
    throw orderErrors.ORDER_NOT_CANCELLABLE(message);
  }

  /** @throws DomainError ORDER_NOT_FOUND */
  async get(id: string): Promise<Order> {
    return orderOf(this.database.read, id);
  }

  /** The orders that exist among `ids`, in no particular order. */
  async batch(ids: readonly string[]): Promise<Order[]> {
    checkBatch(ids);
    return this.database.read.findBy(Order, { id: In(ids.filter(isId)) });
  }

  async listOfUser(userId: string, page: Page): Promise<Order[]> {
    checkCaller({ userId });
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    return this.database.read.find(Order, { where: { userId }, order, ...rowsOf(page) });
  }

  /** @throws DomainError VALIDATION_FAILED */
  async searchOfUser(filter: OrderFilter, sort: Sort<Order>, slice: Slice): Promise<EdgePage<Order>> {
    checkCaller(filter);
    return pageOf(matching(this.database.read, filter), sort, slice);
  }

  async countOfUser(filter: OrderFilter): Promise<number> {
    checkCaller(filter);
    return matching(this.database.read, filter).getCount();
  }

  /**
   * Changes the status of an order if the transition is allowed. The update is conditional on the status that was read: if
   * another transaction was faster, it changes nothing and the order is read again. Transitions have no cycles, so this
   * terminates.
   */
  private async become(tx: EntityManager, id: string, next: Transition): Promise<Order> {
    const order = await orderOf(tx, id);
    const { status } = order;
    if (!canBecome(status, next.status)) return order;
    const change = { ...next, version: versionOf(order) + 1, updatedAt: new Date() };
    const { affected } = await tx.update(Order, { id, status }, change);
    if (!affected) return this.become(tx, id, next);
    const changed = Object.assign(new Order(), order, change);
    await this.history.statusChanged(tx, changed, order);
    await this.events.statusChanged(tx, changed, status);
    if (status === 'PENDING') await this.deadlines.notPending(tx, id);
    if (next.status === 'CANCELLED') await this.deadlines.over(tx, id, status);
    return changed;
  }
}

export interface Decision {
  readonly accepted: boolean;
  readonly reason: string;
}

interface Transition {
  readonly status: OrderStatus;
  readonly reason: string;
}

const CONFIRMED: Transition = { status: 'CONFIRMED', reason: '' };

function newOrder(request: NewOrder): Order {
  const content = checkedOrder(request);
  const now = new Date();
  return Object.assign(new Order(), content, {
    id: newId(),
    userId: request.userId,
    status: 'PENDING',
    reason: '',
    version: 1,
    idempotencyKey: request.idempotencyKey ?? null,
    fingerprint: fingerprintOf(content.items),
    createdAt: now,
    updatedAt: now,
  } satisfies Partial<Order>);
}

async function orderOf(manager: EntityManager, id: string): Promise<Order> {
  const order = isId(id) ? await manager.findOneBy(Order, { id }) : null;
  if (!order) throw orderNotFound(id);
  return order;
}

export function orderNotFound(id: string): DomainError {
  const message = `there is no order ${JSON.stringify(id.slice(0, 64))}`;
  return orderErrors.ORDER_NOT_FOUND(message);
}
