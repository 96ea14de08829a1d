import { type Reservation as ReservationMessage, ReservationState as StateMessage } from '../gen/product.js';
import type { Reservation, ReservationState } from './reservation.entity.js';

const STATE: Record<ReservationState, StateMessage> = {
  TAKEN: StateMessage.RESERVATION_STATE_TAKEN,
  REJECTED: StateMessage.RESERVATION_STATE_REJECTED,
  RELEASED: StateMessage.RESERVATION_STATE_RELEASED,
  CANCELLED: StateMessage.RESERVATION_STATE_CANCELLED,
};

export function toReservation({ state, reason }: Reservation): ReservationMessage {
  return { state: STATE[state], reason };
}
