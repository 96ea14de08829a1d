import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkPieces, type Pieces, perProduct } from '../product/pieces.js';
import { Product } from '../product/product.entity.js';
import { ProductEvents, type StockChange } from '../product/product.events.js';
import { StockService } from '../product/stock.service.js';
import { Reservation, type ReservationState } from './reservation.entity.js';
import { type Refusal, ReservationEvents } from './reservation.events.js';

/**
 * Everything about one order happens under its reservation row, written before any product is touched:
 * of two transactions about one order the second waits for the first, or fails and is tried again, and then
 * sees what the first did.
 */
@Injectable()
export class ReservationService {
  constructor(
    private readonly stock: StockService,
    private readonly events: ReservationEvents,
    private readonly productEvents: ProductEvents,
  ) {}

  /**
   * Takes everything an order asks for, or nothing, and answers which. An order seen before takes nothing more.
   * @throws DomainError VALIDATION_FAILED when a quantity is not positive
   */
  async reserve(tx: EntityManager, orderId: string, wanted: readonly Pieces[]): Promise<void> {
    checkPieces(wanted);
    const known = await tx.findOneBy(Reservation, { orderId });
    if (known) return known.state === 'CANCELLED' ? this.refuse(tx, orderId, 'ORDER_CANCELLED') : undefined;
    const reservation = newReservation(orderId, 'TAKEN', perProduct(wanted));
    await tx.insert(Reservation, reservation);
    const refusal = await this.takeAll(tx, reservation);
    await (refusal ? this.refuse(tx, orderId, refusal) : this.events.accepted(tx, orderId));
  }

  /** Gives back what a cancelled order took; one not seen yet will take nothing. */
  async release(tx: EntityManager, orderId: string): Promise<void> {
    const released = { state: 'RELEASED', updatedAt: new Date() } as const;
    const { affected } = await tx.update(Reservation, { orderId, state: 'TAKEN' }, released);
    const known = await tx.findOneBy(Reservation, { orderId });
    if (!known) await tx.insert(Reservation, newReservation(orderId, 'CANCELLED', []));
    if (!known || !affected) return;
    for (const { productId, quantity } of known.items) {
      const change = await this.stock.change(tx, { productId, change: quantity, orderId });
      if (change) await this.productEvents.stockUpdated(tx, change);
    }
  }

  private async refuse(tx: EntityManager, orderId: string, reason: Refusal): Promise<void> {
    await tx.update(Reservation, { orderId }, { state: 'REJECTED', reason, updatedAt: new Date() });
    await this.events.refused(tx, orderId, reason);
  }

  /** @returns why nothing was taken; undefined when everything was */
  private async takeAll(tx: EntityManager, { orderId, items }: Reservation): Promise<Refusal | undefined> {
    const taken: StockChange[] = [];
    for (const { productId, quantity } of items) {
      const change = await this.stock.change(tx, { productId, change: -quantity, orderId });
      if (!change) {
        for (const made of taken) await this.stock.change(tx, { ...made, change: -made.change });
        return (await tx.existsBy(Product, { id: productId })) ? 'OUT_OF_STOCK' : 'PRODUCT_NOT_FOUND';
      }
      taken.push(change);
    }
    for (const change of taken) await this.productEvents.stockUpdated(tx, change);
    return undefined;
  }
}

function newReservation(orderId: string, state: ReservationState, items: Pieces[]): Reservation {
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
