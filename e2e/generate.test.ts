import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { finished, ShopCopy } from './shop-copy.fixture.js';
import { ShopClient, until } from './shop-client.fixture.js';
import { TopicRecorder } from './topic-recorder.fixture.js';

const repository = resolve(import.meta.dirname, '..');
const MINUTES = 60_000;
const FIELDS =
  'sku:string!,price:money,stock:int=3,active:bool,tags:string[],kind:enum(rawGood|tool)!,releasedAt:datetime';

interface StockItem {
  id: string;
  sku: string;
  price: number;
  stock: number;
  tags: string[];
  kind: string;
}

describe('a generated service', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let recorder: TopicRecorder | undefined;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    client = new ShopClient(shop.graphql);
    await giveTools(shop);
    await shop.json('generate', 'service', 'inventory', '--entity', 'StockItem', '--fields', FIELDS);
    await shop.json('dev', 'start', '--watch', '--timeout', '300');
  }, 10 * MINUTES);
  afterAll(async () => {
    await recorder?.close();
    await shop?.destroy();
  }, 5 * MINUTES);

  it(
    'answers through the gateway, and tells of its changes',
    async () => {
      const created = await client.data<{ createStockItem: StockItem }>(
        `mutation { createStockItem(sku: "A-1", price: 19.99, tags: ["new"], kind: RAW_GOOD, releasedAt: "2026-01-02T03:04:05.678Z") { id sku price stock tags kind } }`,
      );
      const { id } = created.createStockItem;
      const item = { id, sku: 'A-1', price: 19.99, stock: 3, tags: ['new'], kind: 'RAW_GOOD' };
      expect(created.createStockItem).toEqual(item);
      await client.data(`mutation { updateStockItem(id: "${id}", stock: 8) { id } }`);
      const read = `{ stockItem(id: "${id}") { id sku price stock tags kind releasedAt } }`;
      expect(await client.data(read)).toEqual({
        stockItem: { ...item, stock: 8, releasedAt: '2026-01-02T03:04:05.678Z' },
      });
      const refused = await client.ask('mutation { createStockItem(sku: " ", kind: TOOL) { id } }');
      expect(refused.errors![0]!.extensions.code).toBe('VALIDATION_FAILED');
      await client.data(`mutation { deleteStockItem(id: "${id}") { id } }`);
      const gone = await client.ask(read);
      expect(gone.errors![0]!.extensions.code).toBe('STOCK_ITEM_NOT_FOUND');

      const topics = ['stock-item.created', 'stock-item.updated', 'stock-item.deleted'];
      recorder = await TopicRecorder.open(shop.kafka, topics);
      await until(
        async () => topics.filter((topic) => recorder!.of(topic).length === 0),
        (missing) => missing.length === 0,
        120,
      );
      expect(recorder.of('stock-item.updated')[0]).toMatchObject({
        key: id,
        value: { stockItem: { id, sku: 'A-1', stock: 8, kind: 'STOCK_ITEM_KIND_RAW_GOOD' } },
      });
    },
    5 * MINUTES,
  );

  it(
    'starts at once where the system is watched, and is gone when it is destroyed',
    async () => {
      const made = await shop.json<{ running: string }>(
        ...['generate', 'service', 'people', '--entity', 'Person', '--fields', 'name:string!'],
      );
      expect(made.running).toBe('joined');
      const create = 'mutation { createPerson(name: "Ann") { name } }';
      const answer = () => client.data<{ createPerson: { name: string } }>(create);
      expect(await until(answer, ({ createPerson }) => createPerson.name === 'Ann', 240)).toBeTruthy();
      expect(await client.data('{ people(page: 1, limit: 1) { name } peopleCount }')).toEqual({
        people: [{ name: 'Ann' }],
        peopleCount: 1,
      });

      await shop.json('destroy', 'service', 'people');
      await until(
        () => client.ask('{ peopleCount }'),
        ({ errors }) => errors?.[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED',
        240,
      );
      const { processes } = await shop.json<{ processes: { name: string; phase: string }[] }>(
        'dev',
        'status',
      );
      expect(processes.filter(({ name, phase }) => name === 'people' && phase !== 'idle')).toEqual([]);
      expect(await client.data('{ stockItemsCount }')).toEqual({ stockItemsCount: 0 });
    },
    10 * MINUTES,
  );

  it(
    'is clean code, and passes its own tests',
    async () => {
      const run = (file: string, ...args: string[]) =>
        finished(
          spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', file, ...args], {
            cwd: shop.root,
            env: { ...process.env, NODE_OPTIONS: '' },
          }),
        );
      const generated = ['services/inventory', 'services/api-gateway/src'];
      const lint = await run('node_modules/eslint/bin/eslint.js', ...generated);
      expect({ ...lint, stderr: '' }).toEqual({ code: 0, stdout: '', stderr: '' });
      const format = await run(
        'node_modules/prettier/bin/prettier.cjs',
        '--check',

        'proto',
        ...generated,
      );
      expect(format.stderr).toBe('');
      const types = await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json');
      expect(types.stdout).toBe('');
      const tests = await run('node_modules/jest/bin/jest.js', '--testPathPatterns', 'inventory|stock-item');
      expect(tests.stderr).toMatch(/Test Suites: 4 passed, 4 total/);
    },
    20 * MINUTES,
  );
});

/** What a person has at hand in a system: a linter, a formatter, a compiler and a test runner. */
async function giveTools({ root }: ShopCopy): Promise<void> {
  for (const file of ['eslint.config.js', '.prettierrc.json', '.prettierignore'])
    await copyFile(join(repository, file), join(root, file));
  const types = JSON.parse(await readFile(join(repository, 'tsconfig.test.json'), 'utf8')) as {
    include: string[];
    compilerOptions: object;
  };
  types.include = ['services/inventory/src', 'services/api-gateway/src'];
  await writeFile(join(root, 'tsconfig.test.json'), JSON.stringify(types));
  const config = `import config from ${JSON.stringify(join(repository, 'jest.config.js'))};
const like = config.projects.find(({ displayName }) => displayName === 'user-service');
const project = (name) => ({
  ...like,
  displayName: name,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/services/' + name],
  testMatch: ['<rootDir>/services/' + name + '/src/**/*.test.ts'],
});
export default { projects: ['inventory', 'api-gateway'].map(project) };
`;
  await writeFile(join(root, 'jest.config.js'), config);
}
