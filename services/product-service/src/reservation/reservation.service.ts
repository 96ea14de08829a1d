import { Database, isId, Validation } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { checkQuantities, type ProductQuantity, perProduct } from '../product/product-quantity.js';
import { Product } from '../product/product.entity.js';
import { ProductEvents, type StockChange } from '../product/product.events.js';
import { StockService } from '../product/stock.service.js';
import { Reservation, type ReservationState } from './reservation.entity.js';
import { ReservationEvents } from './reservation.events.js';
import { MAX_ID_LENGTH, type OrderedItem, refusalOf, type Refusal } from './reservation.rules.js';

/**
 * The reservation row serializes all work on an order: it is written before any product is touched, so the second of two
 * transactions for one order waits for the first, or fails and is retried, and then sees the result of the first.
 */
@Injectable()
export class ReservationService {
  constructor(
    private readonly database: Database,
    private readonly stock: StockService,
    private readonly events: ReservationEvents,
    private readonly productEvents: ProductEvents,
  ) {}

  /** What was decided for an order; null if it has not arrived yet. @throws DomainError VALIDATION_FAILED */
  async find(orderId: string): Promise<Reservation | null> {
    new Validation().text(orderId, 'orderId', { min: 1, max: MAX_ID_LENGTH }).done();
    return this.database.read.findOneBy(Reservation, { orderId });
  }

  /**
   * Takes all items of an order from stock, or none, and publishes the decision. Nothing is taken for an order with other
   * prices than the catalogue's. Idempotent.
   * @throws DomainError VALIDATION_FAILED if a quantity is not positive
   */
  async reserve(tx: EntityManager, orderId: string, items: readonly OrderedItem[]): Promise<void> {
    checkQuantities(items);
    const earlier = await tx.findOneBy(Reservation, { orderId });
    if (earlier)
      return earlier.state === 'CANCELLED' ? this.refuse(tx, orderId, 'ORDER_CANCELLED') : undefined;
    const reservation = newReservation(orderId, 'TAKEN', perProduct(items));
    await tx.insert(Reservation, reservation);
    const refusal = refusalOf(items, await catalogueOf(tx, items)) ?? (await this.takeAll(tx, reservation));
    await (refusal ? this.refuse(tx, orderId, refusal) : this.events.accepted(tx, orderId));
  }

  /** Returns the items of an order that is over to stock; an order that has not arrived yet will take nothing. */
  async release(tx: EntityManager, orderId: string): Promise<void> {
    const released = { state: 'RELEASED', updatedAt: new Date() } as const;
    const { affected } = await tx.update(Reservation, { orderId, state: 'TAKEN' }, released);
    const reservation = await tx.findOneBy(Reservation, { orderId });
    if (!reservation) await tx.insert(Reservation, newReservation(orderId, 'CANCELLED', []));
    if (!reservation || !affected) return;
    for (const { productId, quantity } of reservation.items) {
      const change = await this.stock.change(tx, { productId, change: quantity, orderId });
      if (change) await this.productEvents.stockUpdated(tx, change);
    }
  }

  private async refuse(tx: EntityManager, orderId: string, reason: Refusal): Promise<void> {
    await tx.update(Reservation, { orderId }, { state: 'REJECTED', reason, updatedAt: new Date() });
    await this.events.refused(tx, orderId, reason);
  }

  /** @returns why nothing was taken; undefined if everything was */
  private async takeAll(tx: EntityManager, { orderId, items }: Reservation): Promise<Refusal | undefined> {
    const changes: StockChange[] = [];
    for (const { productId, quantity } of items) {
      const change = await this.stock.change(tx, { productId, change: -quantity, orderId });
      if (!change) {
        for (const undone of changes) await this.stock.change(tx, { ...undone, change: -undone.change });
        return 'OUT_OF_STOCK';
      }
      changes.push(change);
    }
    for (const change of changes) await this.productEvents.stockUpdated(tx, change);
    return undefined;
  }
}

/** The products among `items` that exist. */
function catalogueOf(tx: EntityManager, items: readonly OrderedItem[]): Promise<Product[]> {
  const ids = new Set(items.map(({ productId }) => productId).filter(isId));
  return tx.findBy(Product, { id: In([...ids]) });
}

function newReservation(orderId: string, state: ReservationState, items: ProductQuantity[]): Reservation {
  const now = new Date();
  return Object.assign(new Reservation(), {
    orderId,
    state,
    items,
    reason: '',
    createdAt: now,
    updatedAt: now,
  });
}
