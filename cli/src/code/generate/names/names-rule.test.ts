import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { loadSystem } from '../../../model/system/load-system.js';
import { readContract } from '../parts/contract.js';
import { RealShop } from '../real-shop.fixture.js';
import { generateService } from '../service/generate-service.js';
import { pluralOf } from './plural.js';
import { kebab, pascal, snake } from './words.js';

const repository = resolve(import.meta.dirname, '../../../../..');

/** The rule of docs/names.md, for the shop and for the templates of services. */
describe.each(['.', 'templates'])('the names in %s/msx.yaml', (folder) => {
  const system = loadSystem(join(repository, folder));
  const keepers = system.services.filter(({ kind }) => kind === 'grpc');

  it.each(keepers.map(({ name }) => name))('of %s follow the rule', (name) => {
    const { proto, database } = keepers.find((each) => each.name === name)!;
    const words = proto[0]!.replace(/\.proto$/, '').split('_');
    expect(readContract(system, proto[0]!).packageName).toBe(`${system.name}.${snake(words)}.v1`);
    const plural = kebab([...words.slice(0, -1), pluralOf(words.at(-1)!)]);
    expect(database?.driver === 'sqlite' && basename(String(database.file)) === `${plural}.db`).toBe(true);
  });

  it.each(system.topics.map(({ name }) => name))('of %s follow the rule', (name) => {
    const { message } = system.topics.find((each) => each.name === name)!;
    const [, packageName = '', about = ''] = /^(\w+\.(\w+)\.v1)\.\w+$/.exec(message) ?? [];
    expect(name.startsWith(`${kebab(about.split('_'))}.`)).toBe(true);
    expect(message).toBe(`${system.name}.${about}.v1.${pascal(name.split(/[.-]/))}`);
    const contract = readContract(system, `${about}_events.proto`);
    expect(contract.packageName).toBe(packageName);
    expect(contract.messages).toContain(message.slice(packageName.length + 1));
  });
});

describe('the example of docs/names.md', () => {
  const page = readFileSync(join(repository, 'docs/names.md'), 'utf8');
  const example = (what: string) =>
    new RegExp(`^\\| ${what} +\\|.*\\| \`([^\`]+)\`.* \\|$`, 'm').exec(page)?.[1] ?? `no row "${what}"`;

  it('is what is generated', async () => {
    const shop = new RealShop();
    try {
      const request = { name: 'inventory', entity: 'StockItem', fields: 'sku:string!' };
      await shop.withContext((context) => generateService(context, request, { dryRun: false }));
      const paths = Object.keys(shop.tree());
      for (const what of ['contract', 'contract of its events'])
        expect(paths).toContain(`proto/${example(what)}`);
      expect(shop.read(`proto/${example('contract')}`)).toContain(`package ${example('package')};`);
      for (const what of ['topic', 'SQLite file'])
        expect(shop.read('msx.yaml')).toMatch(new RegExp(`[ /]${example(what)}\\b`));
      expect(shop.read('services/inventory/src/stock-item/stock-item.entity.ts')).toContain(
        `'${example('table')}'`,
      );
    } finally {
      shop.remove();
    }
  });
});
