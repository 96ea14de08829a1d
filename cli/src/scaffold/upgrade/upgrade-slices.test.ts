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
import { inWorkshop } from '../../generate/workshop.js';
import { withKit } from '../kit.js';
import { newSystem } from '../new-system.js';
import { defaultFirst } from '../system-wish.js';
import { upgradeSystem } from './upgrade-system.js';
import type { Edit } from '../../generate/edits/edit.js';
import type { Ledger } from '../../generate/ledger/ledger.js';
import type { Workshop } from '../../generate/workshop.js';
import type { Kit } from '../kit.js';

jest.setTimeout(300_000);

const packageFolder = resolve(import.meta.dirname, '../../..');
const interrupted = new AbortController().signal;
const writes = { dryRun: false };

let kit: Kit;
let place: string;
/** A system that was grown: by services whose order is not that of the alphabet, and by all that goes into one. */
let grown: string;

const work = <T>(root: string, use: (workshop: Workshop) => Promise<T>) =>
  inWorkshop({ root, templates: kit.templates, interrupted }, use);

beforeAll(async () => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'msx-upgrade-')));
  grown = join(place, 'grown');
  await withKit(packageFolder, async (each) => {
    kit = { ...each, templates: join(place, 'templates') };
    cpSync(each.templates, kit.templates, { recursive: true });
  });
  const wish = { name: 'garden', variant: 'empty', database: 'sqlite', broker: 'embedded' } as const;
  const options = { folder: grown, git: false, install: false, interrupted };
  await newSystem({ ...wish, first: { ...defaultFirst, name: 'zoo', entity: 'Zebra' } }, kit, options);
  for (const [name, entity] of [
    ['pond', 'Fish'],
    ['attic', 'Bat'],
  ] as const)
    await work(grown, (workshop) =>
      generateService(workshop, { name, entity, fields: 'name:string!,price:money' }, writes),
    );
  const rpc = { target: 'pond.FeedFish', input: 'fishId:id,grams:int!', output: 'Fish' };
  await work(grown, (workshop) => generateRpc(workshop, rpc, writes));
  const event = { topic: 'zebra.sold', service: 'zoo', fields: 'zebraId:id,at:datetime!' };
  await work(grown, (workshop) => generateEvent(workshop, event, writes));
  const consumer = { topic: 'zebra.sold', service: 'attic' };
  await work(grown, (workshop) => generateConsumer(workshop, consumer, writes));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A copy of the system, and of what msx remembers of it, that can be made older. */
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

  /** As if msx had once written a file otherwise. */
  wroteOnce(file: string, change: (text: string) => string): void {
    this.edit(file, change);
    const [text, known] = [this.read(file), this.ledger.files[file]];
    if (!known) return;
    const hash = hashOf(text);
    mkdirSync(dirname(join(this.root, baseFile(hash))), { recursive: true });
    writeFileSync(join(this.root, baseFile(hash)), packBase(text));
    this.remember({ ...this.ledger, files: { ...this.ledger.files, [file]: { ...known, hash } } });
  }

  /** As if a slice had once made other edits, or had been of another version. */
  was(id: string, change: (slice: Ledger['slices'][string]) => Partial<Ledger['slices'][string]>): void {
    const slice = this.ledger.slices[id]!;
    const slices = { ...this.ledger.slices, [id]: { ...slice, ...change(slice) } };
    this.remember({ ...this.ledger, slices });
  }

  upgrade(dryRun = false) {
    return work(this.root, (workshop) => upgradeSystem(workshop, kit, { dryRun }));
  }

  private remember(ledger: Ledger): void {
    this.ledger = ledger;
    writeFileSync(join(this.root, LEDGER_FILE), ledgerText(ledger));
  }
}

const MODULE = 'services/api-gateway/src/app.module.ts';
const LOADERS = 'services/api-gateway/src/loaders/loaders.ts';
const nothing = { followed: [], merged: [], conflicts: [], removed: [], kept: [], left: [], byHand: [] };

const isAbout = (edit: Edit, file: string) => edit.file === file && edit.kind === 'code';

describe('an upgrade of a system that was grown', () => {
  it('has nothing to do where the templates are the same, whatever was generated in which order', async () => {
    const garden = new Garden();
    expect(await garden.upgrade()).toMatchObject({ ...nothing, rendered: [], diff: '' });
  });

  it('brings new edits to files that are as msx wrote them, and to a person’s own', async () => {
    const garden = new Garden();
    const missing = garden.ledger.slices['service pond']!.edits.filter(
      (edit) => isAbout(edit, MODULE) || isAbout(edit, LOADERS),
    );
    expect(missing.length).toBeGreaterThan(2);
    const texts = new Map(
      await Promise.all(
        [MODULE, LOADERS].map(async (file) => {
          const own = missing.filter((edit) => edit.file === file);
          const { texts } = await applyEdits(own, () => garden.read(file), 'remove');
          return [file, texts.get(file)!] as const;
        }),
      ),
    );
    for (const [file, text] of texts) garden.wroteOnce(file, () => text);
    garden.was('service pond', ({ edits }) => ({ edits: edits.filter((edit) => !missing.includes(edit)) }));
    garden.edit(MODULE, (text) => text.replace('controllers: [', '// Ours.\n  controllers: ['));
    garden.edit('tsconfig.json', (text) => text.replace('{', '{\n  "compileOnSave": false,'));
    const done = await garden.upgrade();
    expect(done).toMatchObject({ ...nothing, followed: [LOADERS], merged: [MODULE] });
    // At the end of each list, as what is new.
    const linesOf = (text: string) => text.split('\n').sort();
    expect(linesOf(garden.read(LOADERS))).toEqual(linesOf(readFileSync(join(grown, LOADERS), 'utf8')));
    expect(garden.read(MODULE)).toMatch(/\/\/ Ours\.[^]*FishResolver/);
    expect(await garden.upgrade()).toMatchObject({ ...nothing, diff: '' });
  });

  it('takes out edits that are no longer made', async () => {
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

  it('makes RPCs, events and consumers anew when what makes them is newer, merged with what a person wrote', async () => {
    const garden = new Garden();
    const RPC = 'services/pond/src/fish/feed-fish.ts';
    const EVENT = 'services/zoo/src/zebra/zebra-sold.event.ts';
    const CONSUMER = 'services/attic/src/zebra-sold/zebra-sold.consumer.ts';
    const older = (text: string) => `// By an older msx.\n${text}`;
    for (const file of [RPC, EVENT, CONSUMER]) garden.wroteOnce(file, older);
    // Of the same version nothing is made anew.
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

  it('leaves, and says so, what can not be made anew', async () => {
    const garden = new Garden();
    garden.was('rpc pond.FeedFish', () => ({ version: 0 }));
    garden.edit('proto/fish.proto', (text) => text.replaceAll(/\bFish\b/g, 'Animal'));
    const { left } = await garden.upgrade(true);
    expect(left).toEqual([expect.stringMatching(/^rpc pond\.FeedFish: .*no such message/)]);
  });
});
