import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { generateConsumer } from '../../generate/consumer/generate-consumer.js';
import { applyEdits } from '../../generate/edits/apply-edits.js';
import { isOption } from '../../generate/edits/edit.js';
import { generateEvent } from '../../generate/event/generate-event.js';
import {
  LEDGER_FILE,
  baseFile,
  hashOf,
  ledgerText,
  packBase,
  parseLedger,
} from '../../generate/ledger/ledger.js';
import { generateRpc } from '../../generate/rpc/generate-rpc.js';
import { generateService } from '../../generate/service/generate-service.js';
import { withGeneratorContext } from '../../generate/generator-context.js';
import { withKit } from '../kit.js';
import { newSystem } from '../new-system.js';
import { defaultFirst } from '../system-request.js';
import { upgradeSystem } from './upgrade-system.js';
import type { Edit } from '../../generate/edits/edit.js';
import type { Ledger } from '../../generate/ledger/ledger.js';
import type { GeneratorContext } from '../../generate/generator-context.js';
import type { Kit } from '../kit.js';

jest.setTimeout(300_000);

const packageFolder = resolve(import.meta.dirname, '../../../..');
const interrupted = new AbortController().signal;
const writes = { dryRun: false };

let kit: Kit;
let place: string;
/** A system with several generated services, not in alphabetical order, and slices of all kinds. */
let grown: string;

const work = <T>(root: string, use: (context: GeneratorContext) => Promise<T>) =>
  withGeneratorContext({ root, templates: kit.templates, interrupted }, use);

beforeAll(async () => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'msx-upgrade-')));
  grown = join(place, 'grown');
  const keep = (each: Kit) => {
    kit = { ...each, templates: join(place, 'templates') };
    return Promise.resolve(cpSync(each.templates, kit.templates, { recursive: true }));
  };
  await withKit(packageFolder, keep, 'tree');
  const request = { name: 'garden', variant: 'empty', database: 'sqlite', broker: 'embedded' } as const;
  const options = { folder: grown, git: false, install: false, interrupted };
  await newSystem({ ...request, first: { ...defaultFirst, name: 'zoo', entity: 'Zebra' } }, kit, options);
  for (const [name, entity] of [
    ['pond', 'Fish'],
    ['attic', 'Bat'],
  ] as const)
    await work(grown, (context) =>
      generateService(context, { name, entity, fields: 'name:string!,price:money' }, writes),
    );
  const rpc = { target: 'pond.FeedFish', input: 'fishId:id,grams:int!', output: 'Fish' };
  await work(grown, (context) => generateRpc(context, rpc, writes));
  const event = { topic: 'zebra.sold', service: 'zoo', fields: 'zebraId:id,at:datetime!' };
  await work(grown, (context) => generateEvent(context, event, writes));
  const consumer = { topic: 'zebra.sold', service: 'attic' };
  await work(grown, (context) => generateConsumer(context, consumer, writes));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A copy of the system and its ledger that can be changed to look older. */
class Garden {
  readonly root = mkdtempSync(join(place, 'garden-'));
  ledger: Ledger;

  constructor() {
    cpSync(grown, this.root, { recursive: true });
    this.ledger = parseLedger(this.read(LEDGER_FILE));
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  edit(file: string, change: (text: string) => string): void {
    const text = change(this.read(file));
    if (text === this.read(file)) throw new Error(`nothing to change in ${file}`);
    writeFileSync(join(this.root, file), text);
  }

  /** Changes a file as if msx had originally written it so. */
  wroteOnce(file: string, change: (text: string) => string): void {
    this.edit(file, change);
    const [text, known] = [this.read(file), this.ledger.files[file]];
    if (!known) return;
    const hash = hashOf(text);
    mkdirSync(dirname(join(this.root, baseFile(hash))), { recursive: true });
    writeFileSync(join(this.root, baseFile(hash)), packBase(text));
    this.remember({ ...this.ledger, files: { ...this.ledger.files, [file]: { ...known, hash } } });
  }

  /** Changes a slice in the ledger as if it had other edits or another version. */
  was(id: string, change: (slice: Ledger['slices'][string]) => Partial<Ledger['slices'][string]>): void {
    const slice = this.ledger.slices[id]!;
    const slices = { ...this.ledger.slices, [id]: { ...slice, ...change(slice) } };
    this.remember({ ...this.ledger, slices });
  }

  upgrade(dryRun = false) {
    return work(this.root, (context) => upgradeSystem(context, kit, { dryRun }));
  }

  private remember(ledger: Ledger): void {
    this.ledger = ledger;
    writeFileSync(join(this.root, LEDGER_FILE), ledgerText(ledger));
  }
}

const MODULE = 'services/api-gateway/src/app.module.ts';
const ENTITIES = 'services/api-gateway/src/entities/entities.ts';
const nothing = { followed: [], merged: [], conflicts: [], removed: [], kept: [], left: [], byHand: [] };

const isAbout = (edit: Edit, file: string) => edit.file === file && edit.kind === 'code';

describe('an upgrade of a system with generated slices', () => {
  it('has nothing to do with unchanged templates, whatever the order of generation', async () => {
    const garden = new Garden();
    expect(await garden.upgrade()).toMatchObject({ ...nothing, rendered: [], diff: '' });
  });

  it('adds new edits to unchanged files, and to files that the user has changed', async () => {
    const garden = new Garden();
    const missing = garden.ledger.slices['service pond']!.edits.filter(
      (edit) => isAbout(edit, MODULE) || isAbout(edit, ENTITIES),
    );
    expect(missing.length).toBeGreaterThan(1);
    const texts = new Map(
      await Promise.all(
        [MODULE, ENTITIES].map(async (file) => {
          const own = missing.filter((edit) => edit.file === file);
          const { texts } = await applyEdits(own, () => garden.read(file), 'remove');
          return [file, texts.get(file)!] as const;
        }),
      ),
    );
    for (const [file, text] of texts) garden.wroteOnce(file, () => text);
    garden.was('service pond', ({ edits }) => ({ edits: edits.filter((edit) => !missing.includes(edit)) }));
    garden.edit(MODULE, (text) => text.replace('@Module({', '// Ours.\n@Module({'));
    garden.edit('tsconfig.json', (text) => text.replace('{', '{\n  "compileOnSave": false,'));
    const done = await garden.upgrade();
    expect(done).toMatchObject({ ...nothing, followed: [ENTITIES], merged: [MODULE] });
    // New edits come last in each list.
    const linesOf = (text: string) => text.split('\n').sort();
    expect(linesOf(garden.read(ENTITIES))).toEqual(linesOf(readFileSync(join(grown, ENTITIES), 'utf8')));
    expect(garden.read(MODULE)).toMatch(/\/\/ Ours\.[^]*FishResolver/);
    expect(await garden.upgrade()).toMatchObject({ ...nothing, diff: '' });
  });

  it('removes edits that are no longer made', async () => {
    const garden = new Garden();
    const legacy: Edit[] = [
      { kind: 'import', file: MODULE, from: './legacy.js', names: ['Legacy'] },
      {
        ...{ kind: 'code', file: MODULE, text: 'Legacy' },
        where: { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property: 'providers' },
      },
      { kind: 'set', file: 'package-lock.json', path: ['packages', 'legacy'], value: {} },
    ];
    for (const file of [MODULE, 'package-lock.json']) {
      const { texts } = await applyEdits(
        legacy.filter((edit) => edit.file === file),
        () => garden.read(file),
        'add',
      );
      garden.wroteOnce(file, () => texts.get(file)!);
    }
    garden.was('service attic', ({ edits }) => ({ edits: [...edits, ...legacy] }));
    garden.edit(MODULE, (text) => `${text}\n// Ours.\n`);
    expect(await garden.upgrade()).toMatchObject({ ...nothing, merged: [MODULE, 'package-lock.json'] });
    expect(garden.read(MODULE)).toBe(`${readFileSync(join(grown, MODULE), 'utf8')}\n// Ours.\n`);
    expect(garden.read('package-lock.json')).not.toContain('"legacy"');
  });

  it('regenerates RPCs, events and consumers with newer generators, merged with changes of the user', async () => {
    const garden = new Garden();
    const RPC = 'services/pond/src/fish/feed-fish.ts';
    const EVENT = 'services/zoo/src/zebra/zebra-sold.event.ts';
    const CONSUMER = 'services/attic/src/zebra-sold/zebra-sold.consumer.ts';
    const older = (text: string) => `// By an older msx.\n${text}`;
    for (const file of [RPC, EVENT, CONSUMER]) garden.wroteOnce(file, older);
    // With the same version, nothing is regenerated.
    expect(await garden.upgrade(true)).toMatchObject(nothing);
    for (const id of ['rpc pond.FeedFish', 'event zebra.sold', 'consumer attic.zebra.sold'])
      garden.was(id, () => ({ version: 0 }));
    garden.was('consumer attic.zebra.sold', ({ edits }) => ({
      edits: edits.map((edit) =>
        isOption(edit)
          ? { ...edit, where: { at: 'call-option', call: 'EventsModule.forRoot', property: 'consumes' } }
          : edit,
      ) as Edit[],
    }));
    garden.edit(RPC, (text) => `${text}\nexport const ours = true;\n`);
    const done = await garden.upgrade();
    expect(done).toMatchObject({ ...nothing, followed: [CONSUMER, EVENT], merged: [RPC] });
    expect(garden.read(RPC)).toBe(`${readFileSync(join(grown, RPC), 'utf8')}\nexport const ours = true;\n`);
    expect(parseLedger(garden.read(LEDGER_FILE)).slices['rpc pond.FeedFish']!.version).toBeGreaterThan(0);
    expect(await garden.upgrade()).toMatchObject({ ...nothing, diff: '' });
  });

  it('keeps and reports slices that cannot be regenerated', async () => {
    const garden = new Garden();
    garden.was('rpc pond.FeedFish', () => ({ version: 0 }));
    garden.edit('proto/fish.proto', (text) => text.replaceAll(/\bFish\b/g, 'Animal'));
    const { left } = await garden.upgrade(true);
    expect(left).toEqual([expect.stringMatching(/^rpc pond\.FeedFish: .*no such message/)]);
  });
});
