import { setTimeout as pause } from 'node:timers/promises';

export interface GraphqlError {
  message: string;
  path?: string[];
  extensions: {
    code: string;
    requestId?: string;
    validation?: { field: string; message: string }[];
  } & Record<string, unknown>;
}
export interface Answer<T> {
  data: T | null;
  errors?: GraphqlError[];
}
export interface Order {
  id: string;
  status: 'PENDING' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED';
}

/** A client of the shop's gateway that speaks as a browser would: GraphQL over HTTP. */
export class ShopClient {
  constructor(readonly url: string) {}

  async ask<T = Record<string, unknown>>(
    query: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Answer<T>;
  }

  /** The data of an answer without errors; throws the errors otherwise. */
  async data<T>(query: string, headers?: Record<string, string>): Promise<T> {
    const { data, errors } = await this.ask<T>(query, headers);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  async createUser(email: string): Promise<string> {
    const { createUser } = await this.data<{ createUser: { id: string } }>(
      `mutation { createUser(name: "Buyer", email: "${email}", password: "password123") { id } }`,
    );
    return createUser.id;
  }

  async createProduct(stock: number): Promise<string> {
    const { createProduct } = await this.data<{ createProduct: { id: string } }>(
      `mutation { createProduct(name: "Laptop", description: "Fast", price: 29.99, stock: ${stock}, category: "Electronics") { id } }`,
    );
    return createProduct.id;
  }

  order(userId: string, productId: string, { quantity = 1, key }: { quantity?: number; key?: string } = {}) {
    return this.ask<{ createOrder: Order | null }>(
      `mutation { createOrder(userId: "${userId}", items: [{ productId: "${productId}", quantity: ${quantity} }]) { id status } }`,
      key ? { 'idempotency-key': key } : {},
    );
  }

  async statusOf(orderId: string): Promise<Order['status']> {
    const { order } = await this.data<{ order: Order }>(`{ order(id: "${orderId}") { id status } }`);
    return order.status;
  }

  /** Waits until the services have agreed on an order, which they do by events. */
  async confirmed(orderId: string, seconds?: number): Promise<void> {
    await until(
      () => this.statusOf(orderId),
      (status) => status === 'CONFIRMED',
      seconds,
    );
  }

  async stockOf(productId: string): Promise<number> {
    const { product } = await this.data<{ product: { stock: number } }>(
      `{ product(id: "${productId}") { stock } }`,
    );
    return product.stock;
  }
}

/** Asks until the answer satisfies, and answers it; throws the last answer or error once the time is up. */
export async function until<T>(
  ask: () => Promise<T>,
  satisfies: (answer: T) => boolean,
  seconds = 60,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask().catch((error: unknown) => ({ error }));
    if (!(answer && typeof answer === 'object' && 'error' in answer) && satisfies(answer as T))
      return answer as T;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s; last: ${describe(answer)}`);
    await pause(50);
  }
}

const describe = (answer: unknown) =>
  answer && typeof answer === 'object' && 'error' in answer ? String(answer.error) : JSON.stringify(answer);
