import type { Change, Verification, VerificationContext, Violation } from '@msx/runtime';

const USER = '00000000-0000-4000-8000-000000000001';
const PRICE = { minorUnits: '2999', currencyCode: 'USD' };
const STOCK = 1_000;
const BUYERS = 50;

interface Products {
  readonly products: readonly string[];
}
interface OrderAnswer {
  readonly order: { readonly id: string; readonly status: string };
}
interface NewOrder {
  readonly productId: string;
  readonly quantity: number;
  readonly idempotencyKey: string;
}

async function createProduct({ call, run }: VerificationContext, stock: number): Promise<string> {
  const request = {
    name: `Product ${run}`,
    description: `${stock} pieces`,
    price: PRICE,
    stock,
    category: 'verification',
  };
  const { product } = await call<{ product: { id: string } }>('product-service', 'CreateProduct', request);
  return product.id;
}

async function createOrder({ call }: VerificationContext, order: NewOrder): Promise<string> {
  const { productId, quantity, idempotencyKey } = order;
  const items = [{ productId, quantity, price: PRICE }];
  const answer = await call<OrderAnswer>('order-service', 'CreateOrder', {
    userId: USER,
    items,
    idempotencyKey,
  });
  return answer.order.id;
}

/** Orders one of the products, and sometimes cancels the order. */
async function change({ n, prepared, ...context }: Change<Products>) {
  const { run, random, call } = context;
  const productId = random.pick(prepared.products);
  const [quantity, cancels] = [1 + random.integer(3), random.integer(5) === 0];
  const id = await createOrder(context, { productId, quantity, idempotencyKey: `${run}-${n}` });
  if (!cancels) return [{ topic: 'order.created', key: id }];
  await call('order-service', 'CancelOrder', { id, reason: 'verification' });
  return [
    { topic: 'order.created', key: id },
    { topic: 'order.status.changed', key: id },
  ];
}

async function settledStatus({ call }: VerificationContext, id: string): Promise<string> {
  const { order } = await call<OrderAnswer>('order-service', 'GetOrder', { id });
  return order.status;
}

/** The buyers of one item, all at the same time. */
async function sellLastItem(context: VerificationContext & { readonly size: number }) {
  const productId = await createProduct(context, 1);
  const orders = Array.from({ length: context.size }, (_, n) =>
    createOrder(context, { productId, quantity: 1, idempotencyKey: `${context.run}-buyer-${n}` }),
  );
  const ids = await Promise.all(orders);
  return async (): Promise<readonly Violation[]> => {
    const statuses = await Promise.all(ids.map((id) => settledStatus(context, id)));
    const sold = ids.filter((_, n) => statuses[n] === 'ORDER_STATUS_CONFIRMED');
    return sold.length === 1 ? [] : [{ id: productId, found: `${sold.length} orders: ${sold.join(', ')}` }];
  };
}

/** The states of an order's reservation that are right for its status. */
const RESERVATIONS: Readonly<Record<string, readonly string[]>> = {
  CONFIRMED: ['RESERVATION_STATE_TAKEN'],
  REJECTED: ['RESERVATION_STATE_REJECTED', 'RESERVATION_STATE_RELEASED', 'RESERVATION_STATE_CANCELLED'],
  CANCELLED: ['RESERVATION_STATE_REJECTED', 'RESERVATION_STATE_RELEASED', 'RESERVATION_STATE_CANCELLED'],
};

async function wrongReservation(
  { call }: VerificationContext,
  { id, status }: { id: string; status: string },
): Promise<readonly Violation[]> {
  const answer = await call<{ reservation?: { state: string } }>('product-service', 'GetReservation', {
    orderId: id,
  });
  const state = answer.reservation?.state ?? 'no reservation';
  return RESERVATIONS[status]?.includes(state) ? [] : [{ id, found: `${status} with ${state}` }];
}

/** How msx verify uses the orders, and what always holds of them. */
export const verification: Verification<Products> = {
  prepare: async (context) => ({
    products: await Promise.all([1, 2, 3].map(() => createProduct(context, STOCK))),
  }),
  change,
  invariants: {
    'orders are decided': {
      expected: 'no order is PENDING once everything has settled',
      sql: "SELECT id, status, created_at FROM orders WHERE status = 'PENDING'",
    },
    'stock is reserved once': {
      expected:
        'product-service has taken stock for each CONFIRMED order, and holds none for one that is over',
      check: async ({ query, ...context }) => {
        const orders = query('SELECT id, status FROM orders') as { id: string; status: string }[];
        const wrong = await Promise.all(orders.map((order) => wrongReservation(context, order)));
        return wrong.flat();
      },
    },
  },
  rushes: {
    'last-item': {
      description: `${BUYERS} buyers order the last item at the same time`,
      expected: 'exactly one of the orders is CONFIRMED',
      size: BUYERS,
      start: sellLastItem,
    },
  },
};
