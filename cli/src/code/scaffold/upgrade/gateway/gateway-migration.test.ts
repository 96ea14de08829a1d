import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSystem } from '../../../../model/system/load-system.js';
import { generateStubs } from '../../../contracts/generate-stubs.js';
import { withGeneratorContext } from '../../../generate/generator-context.js';
import { withKit } from '../../kit.js';
import type { Kit } from '../../kit.js';
import { upgradeSystem } from '../upgrade-system.js';
import type { Upgrade } from '../upgrade-system.js';
import { writeOlderSystem } from './older-system.fixture.js';

jest.setTimeout(300_000);

const repository = resolve(import.meta.dirname, '../../../../../..');
const SRC = 'services/api-gateway/src';

const OWN_RESOLVER = `import { Context, Query, Resolver } from '@nestjs/graphql';
import { Owner } from '../auth/owner.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { IdArgs } from '../models/id.args.js';
import { IsPhone, IsText } from '../validation/text.js';

export class PhoneArgs extends IdArgs {
  @IsText(200)
  readonly name!: string;

  @IsPhone()
  readonly phone!: string;
}

@Resolver()
export class OwnResolver {
  @Owner('id')
  @Query(() => String)
  async own(@Context() { loaders }: GraphqlContext): Promise<string> {
    return (await loaders.Item.load('1'))?.name ?? '';
  }
}
`;

describe('an upgrade from a gateway in source form', () => {
  let root: string;
  let done: Upgrade;
  let kit: Kit;
  let release: () => void;
  let held: Promise<void>;
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const edit = (file: string, from: string, to: string) => {
    const before = read(file);
    if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(join(root, file), before.replace(from, to));
  };
  const upgrade = (dryRun = false) => {
    const interrupted = new AbortController().signal;
    return withGeneratorContext({ root, templates: kit.templates, interrupted }, (context) =>
      upgradeSystem(context, kit, { dryRun }),
    );
  };

  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-older-')));
    writeOlderSystem(root);
    edit(`${SRC}/errors/error.filter.ts`, 'status < 500', 'status < 501');
    edit(
      `${SRC}/validation/text.ts`,
      '/** An id as',
      'export const IsPhone = () => MaxLength(20);\n\n/** An id as',
    );
    edit(`${SRC}/subscriptions/followed-events.ts`, '= [];', '= []; // soon');
    edit(`${SRC}/app.module.ts`, '    ItemResolver,\n', '    OwnResolver,\n    ItemResolver,\n');
    edit(
      `${SRC}/app.module.ts`,
      '\n@Module',
      "import { OwnResolver } from './resolvers/own.resolver.js';\n\n@Module",
    );
    writeFileSync(join(root, `${SRC}/resolvers/own.resolver.ts`), OWN_RESOLVER);
    await new Promise<void>((ready, failed) => {
      const wait = new Promise<void>((finished) => (release = finished));
      const hold = async (each: Kit) => {
        kit = each;
        ready();
        await wait;
      };
      held = withKit(join(repository, 'cli'), hold, 'tree');
      held.catch(failed);
    });
    const dry = await upgrade(true);
    expect(read(`${SRC}/app.module.ts`)).toContain('./graphql/engine.driver.js');
    done = await upgrade();
    expect({ ...done, diff: '' }).toEqual({ ...dry, diff: '' });
  });
  afterAll(async () => {
    release();
    await held;
    rmSync(root, { recursive: true, force: true });
  });

  it('removes unchanged files', () => {
    expect(done.removed.length).toBeGreaterThan(110);
    for (const file of [
      'limits/query-cost.ts',
      'http/http-adapter.ts',
      'loaders/loaders.ts',
      'auth/owner.ts',
    ])
      expect([file, existsSync(join(root, SRC, file))]).toEqual([file, false]);
    expect(done.conflicts).toEqual([]);
  });

  it('keeps files that the user has changed, and says what to do with each', () => {
    const changed = ['errors/error.filter.ts', 'subscriptions/followed-events.ts', 'validation/text.ts'];
    expect(done.kept.sort()).toEqual(changed.map((file) => `${SRC}/${file}`));
    expect(done.byHand.sort()).toEqual([
      expect.stringMatching(
        /^services.*error\.filter\.ts: @msx\/gateway does this now; .*GatewayModule\.forRoot/,
      ),
      expect.stringMatching(/followed-events\.ts: .*src\/events\/followed-events\.ts replaces it/),
      expect.stringMatching(/validation\/text\.ts: @msx\/gateway does this now/),
    ]);
    expect(read(`${SRC}/errors/error.filter.ts`)).toContain('status < 501');
    expect(read(`${SRC}/errors/error.filter.ts`)).toContain("import { showError } from '@msx/gateway';");
  });

  it("changes the imports of the user's own files", () => {
    const own = read(`${SRC}/resolvers/own.resolver.ts`);
    expect(own).toContain("import { IdArgs, Owner } from '@msx/gateway';");
    expect(own).toContain("import type { GatewayContext as GraphqlContext } from '../entities/entities.js';");
    expect(own).toContain("import { IsPhone, IsText } from '../validation/text.js';");
    expect(done.merged).toContain(`${SRC}/resolvers/own.resolver.ts`);
  });

  it('keeps the additions of the user and generated code in the module', () => {
    const module = read(`${SRC}/app.module.ts`);
    expect(module).toMatch(
      /GatewayModule\.forRoot\(\{[^]*providers: \[ItemResolver, RestockResolver, OwnResolver\]/,
    );
    expect(module).not.toMatch(/<<<|engine/);
    expect(read(`${SRC}/entities/entities.ts`)).toContain('Item: itemEntity');
    expect(read(`${SRC}/upstreams/services.fixture.ts`)).toContain('ITEM_SERVICE_URL');
    expect(read(`${SRC}/resolvers/restock.resolver.test.ts`)).toContain('new TestUpstream(');
    expect(JSON.parse(read('services/api-gateway/package.json'))).toMatchObject({
      dependencies: { '@msx/gateway': expect.stringMatching(/^file:\.\.\/\.\.\/vendor\/msx-gateway-/) },
    });
    const { file } = kit.vendored.find(({ workspace }) => workspace === 'gateway')!;
    expect(existsSync(join(root, 'vendor', file))).toBe(true);
  });

  it('compiles', async () => {
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    await generateStubs(loadSystem(root));
    const compilerOptions = { composite: false, declaration: false, noEmit: true, rootDir: '/' };
    const config = { extends: './tsconfig.base.json', compilerOptions, include: ['services/*/src'] };
    writeFileSync(join(root, 'tsconfig.all.json'), JSON.stringify(config));
    const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');
    const { stdout } = await execa(process.execPath, [compiler, '-p', 'tsconfig.all.json'], {
      cwd: root,
      reject: false,
      timeout: 240_000,
    });
    expect(stdout).toBe('');
  });

  it('has nothing to do the second time', async () => {
    expect(await upgrade()).toMatchObject({ current: true, kept: [], byHand: [], diff: '' });
  });
});
