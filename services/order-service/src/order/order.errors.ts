import { defineErrors } from '@msx/runtime';

export const orderErrors = defineErrors({
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'conflict',
    when: 'The idempotency key was already used for an order of other items',
  },
  ORDER_NOT_CANCELLABLE: { kind: 'precondition', when: 'The order is neither PENDING nor CONFIRMED' },
  ORDER_NOT_FOUND: { kind: 'not-found', when: 'No order has this id, or it belongs to another user' },
});
