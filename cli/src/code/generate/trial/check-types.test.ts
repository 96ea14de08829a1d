import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateEvent } from '../event/generate-event.js';
import { RealShop } from '../real-shop.fixture.js';
import { Tools } from '../tools.fixture.js';

jest.setTimeout(600_000);

const module = 'services/order-service/src/app.module.ts';

describe('generated code, where packages are installed', () => {
  const shop = new RealShop();
  beforeAll(() => Tools.forSystem(shop.root));
  afterAll(() => shop.remove());

  const event = (topic: string, service = 'order') =>
    shop.withContext((context) =>
      generateEvent(context, { topic, service, fields: 'orderId:id' }, { dryRun: false }),
    );

  it("is written when it compiles, even if the user's own code does not", async () => {
    shop.edit(module, (text) => `${text}\nexport const wrong: number = 'mine';\n`);
    expect((await event('order.shipped')).created).toHaveLength(2);
  });

  it('is not written when it does not compile', async () => {
    const before = shop.tree();
    const error = await event('entity.manager').catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'GENERATED_BROKEN',
      message: expect.stringMatching(/order\/entity-manager\.event\.ts\(\d+,\d+\): .* 'EntityManager'/),
    });
    expect((error as Error).message).not.toMatch(/'mine'|trial-/);
    expect(shop.tree()).toEqual(before);
  });
});
