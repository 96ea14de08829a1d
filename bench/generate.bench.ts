import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { median, timed, type Measurement } from './measure.js';

const ROUNDS = 5;
const FIELDS =
  'sku:string!,price:money,stock:int=0,active:bool,tags:string[],kind:enum(a|b),releasedAt:datetime';

/** Duration of the command: a service with its slice of the gateway, planned, type-checked, formatted and written. */
export default async function generate(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    const times: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const args = [`keeper${n}`, '--entity', `thing${n}`, '--fields', FIELDS];
      times.push(await timed(() => shop.json('generate', 'service', ...args)));
    }
    return [{ what: 'msx generate service, wall s', value: median(times) / 1000, bound: 1.5 }];
  } finally {
    await shop.destroy();
  }
}
