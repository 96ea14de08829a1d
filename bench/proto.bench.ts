import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, timed, timeOfNode, type Measurement } from './measure.js';

const repository = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const ROUNDS = 5;

/** Generating the stubs of the shop against buf with ts-proto alone. */
export default async function stubs(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  const bufOnly = join(shop.root, 'buf.gen.json');
  const plugin = require.resolve('ts-proto/protoc-gen-ts_proto');
  const opt = ['outputServices=grpc-js', 'esModuleInterop=true', 'importSuffix=.js', 'env=node'];
  const plugins = [{ local: [process.execPath, plugin], out: join(shop.root, 'alone'), opt }];
  writeFileSync(bufOnly, JSON.stringify({ version: 'v2', plugins }));
  const buf = join(dirname(require.resolve('@bufbuild/buf/package.json')), '../buf-linux-x64/bin/buf');
  const program = existsSync(buf) ? buf : join(repository, 'node_modules/.bin/buf');
  try {
    await shop.msx('proto', 'gen');
    const times = await compare(
      {
        alone: () =>
          timed(async () =>
            execFileSync(program, ['generate', '--template', bufOnly, '--include-imports', '--include-wkt'], {
              cwd: join(shop.root, 'proto'),
              stdio: 'ignore',
            }),
          ),
        cold: async () => {
          execFileSync('sh', ['-c', `rm -rf "${shop.root}"/services/*/src/gen`]);
          return timed(() => shop.json('proto', 'gen'));
        },
        unchanged: () => timed(() => shop.json('proto', 'gen')),
        node: timeOfNode,
      },
      ROUNDS,
    );
    return [
      { what: 'buf generate with ts-proto alone, ms', value: times.alone },
      { what: 'msx proto gen, all stubs ÷ that, wall', value: times.cold / times.alone, bound: 2.1 },
      { what: 'msx proto gen, nothing changed, ms', value: times.unchanged },
      { what: 'the same ÷ node -e 0, wall', value: times.unchanged / times.node, bound: 3.5 },
    ];
  } finally {
    await shop.destroy();
  }
}
