import type { Change, Verification } from '@msx/runtime';

const PRICE = { minorUnits: '2999', currencyCode: 'USD' };

/** The description says how many pieces there were: the stock itself changes with the orders. */
async function change({ run, n, random, call }: Change<unknown>) {
  const stock = random.integer(1_000);
  const { product } = await call<{ product: { id: string } }>('product-service', 'CreateProduct', {
    name: `Product ${run}-${n}`,
    description: `${stock} pieces`,
    price: PRICE,
    stock,
    category: 'verification',
  });
  return [{ topic: 'product.created', key: product.id }];
}

/** What is left of each product of a verification, and what its orders hold. */
const SUMS = `
  SELECT products.id, stock, COALESCE(taken, 0) AS taken, description AS began_with
  FROM products LEFT JOIN (
    SELECT item.value ->> 'productId' AS product_id, SUM(item.value ->> 'quantity') AS taken
    FROM reservations, json_each(reservations.items) AS item WHERE state = 'TAKEN' GROUP BY 1
  ) ON product_id = products.id
  WHERE category = 'verification' AND stock + COALESCE(taken, 0) <> CAST(description AS INTEGER)`;

/** How msx verify uses the products, and what always holds of their stock. */
export const verification: Verification = {
  change,
  selective: ['order.status.changed'],
  invariants: {
    'sums add up': {
      expected: 'what is left of each product and what its orders hold are what there was',
      sql: SUMS,
    },
    'stock is not negative': {
      expected: 'no product has less than nothing',
      sql: 'SELECT id, stock FROM products WHERE stock < 0',
    },
  },
};
