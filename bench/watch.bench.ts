import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ShopClient, until } from '../e2e/shop-client.fixture.js';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { median, timed, type Measurement } from './measure.js';

const said = 'there is no user';

/** From the moment an edit is saved until the gateway answers with what the edit says, under `--watch`. */
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
      await writeFile(file, source.replace(said, `${said} ${edit}`));
      times.push(
        await timed(() =>
          until(
            () => messageOf(client),
            (message) => message.includes(`${said} ${edit}`),
            60,
          ),
        ),
      );
      await settled(shop);
    }
    return [{ what: 'edit of a service to its serving again, ms', value: median(times), bound: 2000 }];
  } finally {
    await shop.destroy();
  }
}

async function messageOf(client: ShopClient) {
  const { errors } = await client.ask('{ user(id: "nobody") { id } }');
  return errors?.[0]?.message ?? '';
}

/** Edits come one at a time, as a person makes them: the next one finds everything up, and quiet again. */
async function settled(shop: ShopCopy) {
  await until(
    () => shop.json<{ processes: { state: string }[] }>('dev', 'status'),
    ({ processes }) => processes.every(({ state }) => state === 'ready'),
  );
  await pause(4_000);
}
