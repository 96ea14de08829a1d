import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatterOf } from '../changes/formatter.js';
import { parseFields } from '../fields/parse-fields.js';
import { nounOf } from '../names/noun.js';
import { wordsOf } from '../names/words.js';
import { dockerProjections } from '../../../shipping/docker/docker-projections.js';
import { loadSystem } from '../../../model/system/load-system.js';
import { projectFiles, serviceSubject } from './project-files.js';
import { readTemplates } from './read-templates.js';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));
const BUILD_OUTPUTS = /(^|\/)(node_modules|dist|gen)(\/|$)|\.db(-\w+)?$/;

const VERIFICATION = 'src/verification/verification.ts';

/** Files of the shop that are what the templates make them; all others of the same names are owned: the domain. */
const skeleton: Record<string, { owned: string[] }> = {
  user: {
    owned: ownedBy('user', ['package.json', 'src/main.ts', 'src/readme.test.ts', 'src/user/user.errors.ts']),
  },
  product: { owned: ownedBy('product', ['src/main.ts', 'src/product/product.errors.ts', VERIFICATION]) },
  order: { owned: ownedBy('order', ['src/main.ts', 'src/order/order.errors.ts', VERIFICATION]) },
};

/** What the templates would make otherwise, since the shop's own rules are in it. */
function ownedBy(entity: string, more: string[] = []): string[] {
  const files = ['controller.test.ts', 'controller.ts', 'entity.ts', 'events.ts', 'message.ts'];
  const domain = [...files, 'rules.test.ts', 'rules.ts', 'service.test.ts', 'service.ts'];
  return [
    'README.md',
    'src/app.module.ts',
    ...more,
    `src/migrations/create-${entity}s.ts`,
    ...domain.map((file) => `src/${entity}/${entity}.${file}`),
  ];
}

describe('the reference shop', () => {
  const system = loadSystem(root);
  const templates = readTemplates(join(root, 'templates'), 'service');

  it.each(Object.keys(skeleton))(
    'has a skeleton of %s-service that is projected, and a domain that is owned',
    async (entity) => {
      const service = system.services.find(({ name }) => name === `${entity}-service`)!;
      const { port, healthPort } = service;
      const model = {
        ...{ entity: nounOf(entity), service: wordsOf(service.name), system: ['shop'], port, healthPort },
        fields: parseFields('name:string!'),
      };
      const format = await formatterOf(root);
      const owned: string[] = [];
      for (const { path, text } of projectFiles(templates, serviceSubject(model), (file) =>
        file.replace('service', service.path),
      )) {
        const current = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
        if (current !== undefined && current !== (await format(path, text)))
          owned.push(path.slice(service.path.length + 1));
      }
      expect(owned.sort()).toEqual([...skeleton[entity]!.owned].sort());
    },
  );

  it('has up-to-date projections of msx.yaml', () => {
    const stale = dockerProjections(system).filter(
      ({ path, text }) => readFileSync(join(root, path), 'utf8') !== text,
    );
    expect(stale.map(({ path }) => path)).toEqual([]);
    const services = readdirSync(join(root, 'services')).filter((name) => !BUILD_OUTPUTS.test(name));
    expect(services.sort()).toEqual(system.services.map(({ name }) => name).sort());
  });
});
