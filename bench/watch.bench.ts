import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ShopClient, until } from '../e2e/shop-client.fixture.js';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { median, timed, type Measurement } from './measure.js';

const MESSAGE = 'there is no user';

/** Time from saving an edit under `--watch` until a response of the gateway contains it. */
export default async function watch(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start', '--watch');
    const client = new ShopClient(shop.graphql);
    const file = join(shop.root, 'services/user-service/src/user/user.service.ts');
    const source = await readFile(file, 'utf8');
    const times: number[] = [];
    await settled(shop);
    for (let edit = 1; edit <= 7; edit++) {
      await writeFile(file, source.replace(MESSAGE, `${MESSAGE} ${edit}`));
      times.push(
        await timed(() =>
          until(
            () => messageOf(client),
            (message) => message.includes(`${MESSAGE} ${edit}`),
            60,
          ),
        ),
      );
      await settled(shop);
    }
    return [{ what: 'edit of a service until it serves again, ms', value: median(times), bound: 2000 }];
  } finally {
    await shop.destroy();
  }
}

async function messageOf(client: ShopClient) {
  const { errors } = await client.ask('{ user(id: "nobody") { id } }');
  return errors?.[0]?.message ?? '';
}

/** Edits are made one at a time, as by a person: the next one starts when everything is ready and idle again. */
async function settled(shop: ShopCopy) {
  await until(
    () => shop.json<{ processes: { state: string }[] }>('dev', 'status'),
    ({ processes }) => processes.every(({ state }) => state === 'ready'),
  );
  await pause(4_000);
}
