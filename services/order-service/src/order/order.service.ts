import {
  checkBatch,
  Database,
  DomainError,
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
import { Order } from './order.entity.js';
import { OrderEvents } from './order.events.js';
import { matching, type OrderFilter } from './order.filter.js';
import {
  checkedOrder,
  checkCaller,
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
  ) {}

  /**
   * Saves a PENDING order, or answers the one an earlier call with the same key saved.
   * @throws DomainError VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED
   */
  async create(request: NewOrder): Promise<Order> {
    const order = newOrder(request);
    try {
      return await this.database.transaction(async (tx) => {
        await tx.insert(Order, order);
        await this.events.created(tx, order);
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
   * The order that an earlier `create` with this key saved, if one did.
   * @throws DomainError VALIDATION_FAILED; IDEMPOTENCY_KEY_REUSED when that was for other items
   */
  async find({ userId, idempotencyKey, items }: RepeatableOrder): Promise<Order | null> {
    checkCaller({ userId, idempotencyKey });
    const first = await this.database.read.findOneBy(Order, { userId, idempotencyKey });
    if (!first || first.fingerprint === fingerprintOf(items)) return first;
    const message = 'this idempotency key was used for another order';
    throw new DomainError('IDEMPOTENCY_KEY_REUSED', message, { kind: 'conflict' });
  }

  /** Stock has decided. An order that is no longer PENDING stays as it is. @throws DomainError ORDER_NOT_FOUND */
  async decide(tx: EntityManager, id: string, decision: Decision): Promise<void> {
    await this.become(
      tx,
      id,
      decision.accepted ? CONFIRMED : { status: 'REJECTED', reason: decision.reason },
    );
  }

  /**
   * Cancelling twice is cancelling once, for the first reason.
   * @throws DomainError VALIDATION_FAILED, ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE
   */
  async cancel(id: string, reason: string): Promise<Order> {
    new Validation().text(reason, 'reason', { max: 500 }).done();
    const order = await this.database.transaction((tx) =>
      this.become(tx, id, { status: 'CANCELLED', reason }),
    );
    if (order.status === 'CANCELLED') return order;
    const message = `an order that is ${order.status} cannot be cancelled`;
    throw new DomainError('ORDER_NOT_CANCELLABLE', message, { kind: 'precondition' });
  }

  /** @throws DomainError ORDER_NOT_FOUND */
  async get(id: string): Promise<Order> {
    return orderOf(this.database.read, id);
  }

  /** Those of `ids` that exist, in no particular order. */
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
   * Moves an order on if it may go there. The update names the status it was read with: when another
   * transaction was faster it changes nothing, and the order is looked at again. No order goes in circles,
   * so this ends.
   */
  private async become(tx: EntityManager, id: string, next: Next): Promise<Order> {
    const order = await orderOf(tx, id);
    const { status } = order;
    if (!canBecome(status, next.status)) return order;
    const change = { ...next, updatedAt: new Date() };
    const { affected } = await tx.update(Order, { id, status }, change);
    if (!affected) return this.become(tx, id, next);
    const changed = Object.assign(order, change);
    await this.events.statusChanged(tx, changed, status);
    return changed;
  }
}

export interface Decision {
  readonly accepted: boolean;
  readonly reason: string;
}

interface Next {
  readonly status: OrderStatus;
  readonly reason: string;
}

const CONFIRMED: Next = { status: 'CONFIRMED', reason: '' };

function newOrder(request: NewOrder): Order {
  const content = checkedOrder(request);
  const now = new Date();
  return Object.assign(new Order(), content, {
    id: newId(),
    userId: request.userId,
    status: 'PENDING',
    reason: '',
    idempotencyKey: request.idempotencyKey ?? null,
    fingerprint: fingerprintOf(content.items),
    createdAt: now,
    updatedAt: now,
  } satisfies Partial<Order>);
}

async function orderOf(manager: EntityManager, id: string): Promise<Order> {
  const order = isId(id) ? await manager.findOneBy(Order, { id }) : null;
  if (order) return order;
  const message = `there is no order ${JSON.stringify(id.slice(0, 64))}`;
  throw new DomainError('ORDER_NOT_FOUND', message, { kind: 'not-found' });
}
