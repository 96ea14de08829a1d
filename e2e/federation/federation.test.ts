import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShopClient, until } from '../shop-client.fixture.js';
import { ShopCopy } from '../shop-copy.fixture.js';
import { ReviewsSubgraph, Supergraph } from './supergraph.fixture.js';

const numbers = [0, 1, 2, 3, 4];

describe('the gateway as a subgraph, with a third-party one', () => {
  let reviews: ReviewsSubgraph | undefined;
  let shop: ShopCopy | undefined;
  let supergraph: Supergraph;

  beforeAll(async () => {
    reviews = await ReviewsSubgraph.start();
    shop = await ShopCopy.create();
    await shop.json('dev', 'start');
    await stock(new ShopClient(shop.graphql), new ShopClient(reviews.url));
    supergraph = await Supergraph.of({ shop: shop.graphql, reviews: reviews.url });
  });
  afterAll(async () => {
    await shop?.destroy();
    await reviews?.stop();
  });

  it('answers a query that starts there and ends here, with one call per entity type', async () => {
    const query = '{ reviews { text author { name email } product { name price } } }';
    const { data, errors } = await supergraph.ask('there', query);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      reviews: numbers.map((n) => ({
        text: `Review ${n}`,
        author: { name: 'Buyer', email: `reviewer-${n}@example.com` },
        product: { name: 'Laptop', price: 29.99 },
      })),
    });
    expect(await callsOf('there', 'user-service')).toEqual(['UserController.batchGetUsers']);
    expect(await callsOf('there', 'product-service')).toEqual(['ProductController.batchGetProducts']);
  });

  it('answers a query that starts here, goes there and comes back', async () => {
    const query = '{ products(page: 1, limit: 10) { name reviews { text author { email } } } }';
    const { data, errors } = await supergraph.ask('here', query);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      products: numbers.map((n) => ({
        name: 'Laptop',
        reviews: [{ text: `Review ${n}`, author: { email: `reviewer-${n}@example.com` } }],
      })),
    });
    expect(await callsOf('here', 'user-service')).toEqual(['UserController.batchGetUsers']);
  });

  /** The methods that were called for a request. Polls, since a log line is written just after the response. */
  function callsOf(requestId: string, service: string): Promise<string[]> {
    const log = join(shop!.root, 'logs', `${service}.log`);
    const calls = async () => {
      const lines = (await readFile(log, 'utf8')).split('\n');
      const mine = lines.filter((line) => line.includes(`"requestId":"${requestId}"`));
      return mine.map((line) => (JSON.parse(line) as { method: string }).method);
    };
    return until(calls, ({ length }) => length > 0);
  }
});

/** Five reviews, each of a product and by a user of its own. */
async function stock(shop: ShopClient, reviews: ShopClient): Promise<void> {
  for (const n of numbers) {
    const authorId = await shop.createUser(`reviewer-${n}@example.com`);
    const productId = await shop.createProduct(1);
    const review = `review(text: "Review ${n}", productId: "${productId}", authorId: "${authorId}") { text }`;
    await reviews.data(`mutation { ${review} }`);
  }
}
