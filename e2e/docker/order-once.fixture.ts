import { ShopClient, until } from '../shop-client.fixture.js';

/** Places an order as the README shows, and waits until it is confirmed. */
export async function orderOnce(client: ShopClient, email: string): Promise<void> {
  const userId = await client.createUser(email);
  const productId = await client.createProduct(50);
  const { createOrder } = await client.data<{ createOrder: { id: string; status: string } }>(
    `mutation { createOrder(userId: "${userId}", items: [{ productId: "${productId}", quantity: 2, price: 29.99 }], totalAmount: 59.98) { id status } }`,
  );
  if (createOrder.status !== 'PENDING')
    throw new Error(`the first status of the order is ${createOrder.status}`);
  await client.confirmed(createOrder.id, 60);
  await until(
    () => client.stockOf(productId),
    (stock) => stock === 48,
    60,
  );
}
