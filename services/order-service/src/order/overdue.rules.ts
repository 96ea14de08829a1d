import { type Reservation, ReservationState } from '../gen/product.js';

/** The reason of an order that was rejected because the stock did not decide in time. */
export const NOT_DECIDED = 'NOT_DECIDED';

/** What to do about an order that is still PENDING. */
export type LateDecision =
  | { readonly accepted: true; readonly reason: '' }
  | { readonly accepted: false; readonly reason: string }
  | 'ask-again';

/**
 * @param reservation the stock's decision; undefined if the order has not arrived there
 * @param asked whether the stock was told of the order again
 */
export function decideLate(reservation: Reservation | undefined, asked: boolean): LateDecision {
  if (!reservation) return asked ? { accepted: false, reason: NOT_DECIDED } : 'ask-again';
  if (reservation.state === ReservationState.RESERVATION_STATE_TAKEN) return { accepted: true, reason: '' };
  // Only an order that is over has the states RELEASED and CANCELLED.
  return { accepted: false, reason: reservation.reason || 'ORDER_CANCELLED' };
}

/** Whether the stock has nothing of an order that is over, and never will. */
export function isReturned(reservation: Reservation | undefined): boolean {
  return reservation !== undefined && reservation.state !== ReservationState.RESERVATION_STATE_TAKEN;
}
