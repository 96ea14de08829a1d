import { join } from 'node:path';
import { ShopCopy, repository } from '../e2e/shop-copy.fixture.js';
import { compare, timeOf, timed, type Measurement } from './measure.js';

const ROUNDS = 5;
const FIELDS =
  'sku:string!,price:money,stock:int=0,active:bool,tags:string[],kind:enum(a|b),releasedAt:datetime';
const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');
const CHECK = ['--noEmit', '--composite', 'false', '--incremental', 'false', '--tsBuildInfoFile', 'null'];

/**
 * The duration of the commands against type-checking the gateway alone: a service with its slice of the gateway, planned,
 * type-checked, formatted and written, and a field that is added to such a service.
 */
export default async function generate(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  let n = 0;
  const service = () => ['generate', 'service', `keeper${n}`, '--entity', `thing${n++}`, '--fields', FIELDS];
  const field = () => ['generate', 'field', 'thing0', `extra${n++}:int=0`];
  try {
    await shop.json(...service());
    const wall = await compare(
      {
        service: () => timed(() => shop.json(...service())),
        field: () => timed(() => shop.json(...field())),
        check: () => timeOf(process.execPath, [compiler, '-p', 'services/api-gateway', ...CHECK], repository),
      },
      ROUNDS,
    );
    return [
      { what: 'type-checking the gateway, ms', value: wall.check },
      { what: 'msx generate service, ms', value: wall.service },
      {
        what: 'msx generate service ÷ type-checking the gateway, wall',
        value: wall.service / wall.check,
        bound: 5,
        target: 1,
      },
      { what: 'msx generate field, ms', value: wall.field },
      {
        what: 'msx generate field ÷ type-checking the gateway, wall',
        value: wall.field / wall.check,
        bound: 6,
        target: 1,
      },
    ];
  } finally {
    await shop.destroy();
  }
}
