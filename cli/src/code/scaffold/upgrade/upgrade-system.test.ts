import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withGeneratorContext } from '../../generate/generator-context.js';
import { gitIn } from '../../git/git.fixture.js';
import { loadSystem } from '../../../model/system/load-system.js';
import { withKit } from '../kit.js';
import { newSystem } from '../new-system.js';
import { expectVendored } from '../vendored.fixture.js';
import { defaultFirst } from '../system-request.js';
import { checkClean } from './check-clean.js';
import { olderKit } from './older-kit.fixture.js';
import { upgradeSystem } from './upgrade-system.js';
import type { Kit } from '../kit.js';
import type { Upgrade } from './upgrade-system.js';

jest.setTimeout(300_000);

const packageFolder = resolve(import.meta.dirname, '../../../..');
const interrupted = new AbortController().signal;

let kit: Kit;
let place: string;
let release: () => void;
let held: Promise<void>;

/** A system created from the older templates. */
let root: string;

beforeAll(async () => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'msx-upgrade-')));
  await new Promise<void>((ready, failed) => {
    const wait = new Promise<void>((done) => (release = done));
    const hold = async (each: Kit) => {
      kit = each;
      ready();
      await wait;
    };
    held = withKit(packageFolder, hold, 'tree');
    held.catch(failed);
  });
  const older = olderKit(kit, join(place, 'older'));
  root = join(place, 'garden');
  const request = {
    name: 'garden',
    variant: 'empty',
    database: 'sqlite',
    broker: 'embedded',
    first: defaultFirst,
  } as const;
  await newSystem(request, older, { folder: root, git: false, install: false, interrupted });
});
afterAll(async () => {
  release();
  await held;
  rmSync(place, { recursive: true, force: true });
});

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const edit = (file: string, change: (text: string) => string) => {
  const [before, after] = [read(file), change(read(file))];
  if (before === after) throw new Error(`nothing to change in ${file}`);
  write(file, after);
};
const upgrade = (dryRun = false): Promise<Upgrade> =>
  withGeneratorContext({ root, templates: kit.templates, interrupted }, (context) =>
    upgradeSystem(context, kit, { dryRun }),
  );

const RULES = 'services/item-service/src/item/item.rules.ts';
const SERVICE_README = 'services/item-service/README.md';

/** Changes of a user to a system. */
const edits: Record<string, () => void> = {
  'adds text to a file': () => edit('README.md', (text) => `${text}\n## Ours\n\nWho to ask: Ann.\n`),
  'ignores a folder in the linter, far from changes of the templates': () =>
    edit('eslint.config.js', (text) => text.replace("'**/.msx'", "'**/.msx', 'notes'")),
  'changes the same line as the templates': () =>
    edit('jest.config.js', (text) => text.replace('testTimeout: 7_000', 'testTimeout: 9_000')),
  'depends on another package': () =>
    edit('package.json', (text) =>
      text.replace('"dependencies": {', '"dependencies": {\n    "zod": "^4.0.0",'),
    ),
  'deletes a file': () => rmSync(join(root, 'AGENTS.md')),
  'changes a file whose template was removed': () => edit('OLD.md', (text) => `${text}still needed\n`),
  'gives a service another port': () =>
    edit('msx.yaml', (text) => text.replace('port: 50051', 'port: 50151')),
  'adds code to a generated service': () =>
    edit(RULES, (text) => `${text}\nexport const isCheap = (cents: number) => cents < 100;\n`),
  'makes the same change as the templates': () =>
    edit('.prettierignore', (text) => text.replace('coverage\n', 'coverage\n.msx\n')),
  'creates a file that the templates add later': () => write('.gitattributes', '*.png binary\n'),
};

describe('an upgrade', () => {
  it('of an unchanged system follows the templates, and then has nothing to do', async () => {
    const copy = join(place, 'pristine');
    cpSync(root, copy, { recursive: true });
    const run = (dryRun: boolean) =>
      withGeneratorContext({ root: copy, templates: kit.templates, interrupted }, (context) =>
        upgradeSystem(context, kit, { dryRun }),
      );
    const done = await run(false);
    expect(done).toMatchObject({
      merged: [],
      conflicts: [],
      kept: [],
      removed: ['OLD.md'],
      packages: true,
      current: false,
    });
    expect(done.followed.sort()).toEqual(
      [
        '.gitattributes',
        '.prettierignore',
        'AGENTS.md',
        'README.md',
        'eslint.config.js',
        'jest.config.js',
        'msx.yaml',
        'package.json',
        'services/api-gateway/package.json',
        'services/item-service/package.json',
        RULES,
        SERVICE_README,
      ].sort(),
    );
    const nothing = {
      followed: [],
      merged: [],
      conflicts: [],
      removed: [],
      kept: [],
      rendered: [],
      packages: false,
      current: true,
      version: kit.vendored[0]!.manifest.version,
    };
    expect(await run(false)).toMatchObject({ ...nothing, diff: '' });
    expectVendored(copy, nothing.version);
  });

  it('keeps all edits of the user, of ten kinds', async () => {
    for (const make of Object.values(edits)) make();
    const before = read('README.md');
    const dry = await upgrade(true);
    expect(dry.diff).toContain('+++ b/README.md');
    expect(read('README.md')).toBe(before);
    const done = await upgrade();
    expect({ ...done, diff: '', rendered: [] }).toEqual({ ...dry, diff: '', rendered: [] });
    expect(done.merged.sort()).toEqual(
      ['README.md', 'eslint.config.js', 'msx.yaml', 'package.json', RULES].sort(),
    );
    expect(done.conflicts).toEqual(['jest.config.js']);
    // These contain the port, too.
    const manifests = ['services/api-gateway/package.json', 'services/item-service/package.json'];
    const follow = ['.vscode/launch.json', ...manifests, SERVICE_README, 'services/item-service/src/main.ts'];
    expect(done.followed.sort()).toEqual(follow.sort());
    expect(done.kept.sort()).toEqual(['.gitattributes', 'AGENTS.md', 'OLD.md']);
  });

  it('keeps both changes in a merged file', () => {
    expect(read('README.md')).toContain('## Containers');
    expect(read('README.md')).toContain('Who to ask: Ann.');
    expect(read('eslint.config.js')).toMatch(/'notes'[^]*argsIgnorePattern/);
    expect(JSON.parse(read('package.json'))).toMatchObject({
      dependencies: { zod: '^4.0.0', '@msx/runtime': expect.stringMatching(/^file:vendor\/msx-runtime-/) },
      scripts: { 'test:cov': expect.any(String) },
    });
    expect(read(RULES)).toContain('isCheap');
    expect(read(RULES)).not.toContain('an older template');
    expect(loadSystem(root).services.find(({ name }) => name === 'item-service')!.port).toBe(50_151);
    expect(read('services/item-service/Dockerfile')).toContain('EXPOSE 50151');
  });

  it('marks only the lines that both changed, as git does', () => {
    const conflict =
      /<<<<<<< yours\n {2}testTimeout: 9_000,\n=======\n {2}testTimeout: [\d_]+,\n>>>>>>> msx\n/;
    expect(read('jest.config.js')).toMatch(conflict);
    expect(read('jest.config.js').match(/<<<<<<</g)).toHaveLength(1);
  });

  it("does not touch the user's own files", () => {
    expect(existsSync(join(root, 'AGENTS.md'))).toBe(false);
    expect(read('OLD.md')).toContain('still needed');
    expect(read('.gitattributes')).toBe('*.png binary\n');
    expect(read('.prettierignore').match(/\.msx/g)).toHaveLength(1);
  });

  it('changes nothing the second time, but reports kept files again', async () => {
    const { kept, diff, current, followed, merged, conflicts } = await upgrade();
    expect([followed, merged, conflicts, diff, current]).toEqual([[], [], [], '', true]);
    expect(kept.sort()).toEqual(['.gitattributes', 'AGENTS.md']);
  });

  it('requires a system created by msx, from templates of a known version', async () => {
    const ledger = JSON.parse(read('.msx/ledger.json')) as { slices: Record<string, { version: number }> };
    ledger.slices['system']!.version = 99;
    write('.msx/ledger.json', JSON.stringify(ledger));
    await expect(upgrade()).rejects.toMatchObject({ code: 'LEDGER_INVALID' });
    delete ledger.slices['system'];
    write('.msx/ledger.json', JSON.stringify(ledger));
    await expect(upgrade()).rejects.toMatchObject({ code: 'NOT_GENERATED' });
  });
});

describe('the work tree of a system', () => {
  it('must be clean, and in a repository', async () => {
    const folder = join(place, 'tree');
    mkdirSync(join(folder, 'ignored'), { recursive: true });
    gitIn(folder, 'init', '--quiet');
    writeFileSync(join(folder, '.git/info/exclude'), 'ignored\n');
    await expect(checkClean(folder)).resolves.toBeUndefined();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await expect(checkClean(folder)).rejects.toMatchObject({
      code: 'TREE_DIRTY',
      facts: { files: ['notes.txt'] },
    });
    await expect(checkClean(join(folder, 'ignored'))).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
    await expect(checkClean(tmpdir())).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
  });
});
