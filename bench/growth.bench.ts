import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, timed, type Measurement } from './measure.js';

const SIZES = [4, 12, 24];
const ROUNDS = 3;
/** A system that has grown by a factor may take this much more than that factor. */
const ROOM = 1.15;
const FIELDS = 'sku:string!,price:money,stock:int=0,active:bool';

interface Snapshot {
  engine: { pid: number };
  processes: { pid: number }[];
}

const MEASURED = {
  start: 'msx dev start, ms',
  startOne: 'msx dev start user-service, ms',
  status: 'msx dev status, ms',
  render: 'msx render, ms',
  stubs: 'msx proto gen, all stubs, ms',
  generate: 'msx generate service, ms',
  memory: 'the running system, MB',
};
type Figure = keyof typeof MEASURED;
type Figures = Record<Figure, number>;
/** What should not depend on the size of a system, and how much it may. */
const CONSTANT: Partial<Figures> = { startOne: 1.3, status: 2 };

/** What a system of 4, 12 and 24 services takes, the gateway among them: no worse than linear. */
export default async function growth(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  const sizes: Figures[] = [];
  let count = SIZES[0]!;
  try {
    for (const size of SIZES) {
      while (count < size) await add(shop, ++count);
      const figures = await figuresOf(shop);
      sizes.push({ ...figures, generate: await timed(() => add(shop, ++count)) });
    }
    return report(sizes);
  } finally {
    await shop.destroy();
  }
}

const add = (shop: ShopCopy, n: number) =>
  shop.json('generate', 'service', `keeper${n}`, '--entity', `thing${n}`, '--fields', FIELDS);

async function figuresOf(shop: ShopCopy): Promise<Omit<Figures, 'generate'>> {
  await shop.json('dev', 'start');
  const memory = await memoryOf(shop);
  const status = await compare({ status: () => timed(() => shop.json('dev', 'status')) }, ROUNDS);
  await shop.json('dev', 'stop');
  const started =
    (...services: string[]) =>
    async () => {
      const ms = await timed(() => shop.json('dev', 'start', ...services));
      await shop.json('dev', 'stop');
      return ms;
    };
  const rest = await compare(
    {
      start: started(),
      startOne: started('user-service'),
      render: () => timed(() => shop.json('render')),
      stubs: () => allStubs(shop),
    },
    ROUNDS,
  );
  return { memory, ...status, ...rest };
}

async function allStubs(shop: ShopCopy): Promise<number> {
  execFileSync('sh', ['-c', `rm -rf "${shop.root}"/services/*/src/gen`]);
  return timed(() => shop.json('proto', 'gen'));
}

/** Shared pages are counted once. */
async function memoryOf(shop: ShopCopy): Promise<number> {
  const { engine, processes } = await shop.json<Snapshot>('dev', 'status');
  const kilobytes = [engine, ...processes].map(({ pid }) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))![1]),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

function report(sizes: readonly Figures[]): Measurement[] {
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  const growth = SIZES.at(-1)! / SIZES[0]!;
  return (Object.keys(MEASURED) as Figure[]).flatMap((figure) => [
    ...sizes.map((each, n) => ({ what: `${SIZES[n]} services: ${MEASURED[figure]}`, value: each[figure] })),
    {
      what: `${SIZES.at(-1)} ÷ ${SIZES[0]} services: ${MEASURED[figure].replace(/, \w+$/, '')}`,
      value: last[figure] / first[figure],
      bound: CONSTANT[figure] ?? growth * ROOM,
    },
  ]);
}
