import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generateService } from '../generate/service/generate-service.js';
import { withGeneratorContext } from '../generate/generator-context.js';
import { gitIn } from '../git/git.fixture.js';
import { withKit } from './kit.js';

jest.setTimeout(240_000);

const repository = resolve(import.meta.dirname, '../../../..');

describe('the kit of msx new in a clone', () => {
  let clone: string;
  beforeAll(() => {
    clone = realpathSync(mkdtempSync(join(tmpdir(), 'msx-clone-')));
    gitIn(repository, 'clone', '--quiet', '--shared', '.', clone);
    appendFileSync(join(clone, '.git/info/exclude'), 'node_modules\n');
    symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
    cpSync(join(repository, 'cli/collect-templates.mjs'), join(clone, 'cli/collect-templates.mjs'));
    commit();
  });
  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  const commit = () => {
    gitIn(clone, 'add', '--all');
    gitIn(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Something');
  };
  /** The contents of these files in the kit. */
  const gathered = (files: string[]) =>
    withKit(join(clone, 'cli'), ({ templates }) =>
      Promise.resolve(
        files.map((file) =>
          existsSync(join(templates, file)) ? readFileSync(join(templates, file), 'utf8') : '',
        ),
      ),
    );

  it('contains what is committed, and nothing of the working tree', async () => {
    const { signal: interrupted } = new AbortController();
    const request = { name: 'library', entity: 'Book', fields: 'title:string!,genre:enum(novel|poem)' };
    await withGeneratorContext({ root: clone, templates: join(clone, 'templates'), interrupted }, (context) =>
      generateService(context, request, { dryRun: false }),
    );
    appendFileSync(join(clone, 'services/user-service/src/main.ts'), '// tried out\n');
    appendFileSync(join(clone, 'runtime/README.md'), 'tried out\n');
    const [model, main, enums] = await gathered([
      'shop/msx.yaml',
      'shop/services/user-service/src/main.ts',
      'empty/services/api-gateway/src/models/book.enums.ts',
    ]);
    expect(model).toContain('user-service');
    expect(`${model}${main}${enums}`).not.toMatch(/library|tried out|novel/i);
  });

  it('has an empty gateway, even when generated code is committed', async () => {
    commit();
    const [model, enums, module] = await gathered([
      'shop/msx.yaml',
      'empty/services/api-gateway/src/models/book.enums.ts',
      'empty/services/api-gateway/src/app.module.ts',
    ]);
    expect(model).toContain('library');
    expect(`${enums}${module}`).not.toMatch(/book/i);
  });

  it('reports a package that does not compile', async () => {
    appendFileSync(join(clone, 'gateway/src/index.ts'), "export const wrong: number = 'text';\n");
    commit();
    await expect(gathered([])).rejects.toMatchObject({
      code: 'SHOP_UNFIT',
      message: /gateway does not compile[^]*gateway\/src\/index\.ts/,
    });
  });
});
