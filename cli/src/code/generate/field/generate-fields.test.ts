import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { destroySlice } from '../destroy-slice.js';
import { RealShop } from '../real-shop.fixture.js';
import { generateService } from '../service/generate-service.js';
import { destroyField } from './destroy-field.js';
import { generateFields } from './generate-fields.js';

jest.setTimeout(240_000);

const writes = { dryRun: false };
const parcels = { name: 'parcels', entity: 'Parcel', fields: 'label:string!' };
const folder = 'services/parcels/src';

describe('fields of an existing entity', () => {
  const shop = new RealShop();
  let before: Record<string, string>;
  beforeAll(async () => {
    await shop.withContext((context) => generateService(context, parcels, writes));
    shop.edit(`${folder}/parcel/parcel.rules.ts`, (text) => `// Ours.\n${text}`);
    before = shop.tree();
  });
  afterAll(() => shop.remove());
  beforeEach(() => {
    const now = shop.tree();
    for (const path of Object.keys(now)) if (!(path in before)) rmSync(join(shop.root, path));
    for (const [path, text] of Object.entries(before))
      if (now[path] !== text) writeFileSync(join(shop.root, path), Buffer.from(text, 'base64'));
  });

  const changedSince = (then: Record<string, string>) => {
    const now = shop.tree();
    return Object.keys({ ...then, ...now }).filter((path) => now[path] !== then[path]);
  };
  const generate = (...fields: string[]) =>
    shop.withContext((context) => generateFields(context, { entity: 'parcel', fields }, writes));
  const destroy = (id: string) => shop.withContext((context) => destroySlice(context, id, writes));

  it('are added from the contract to the gateway, also to edited files, once, and removed again', async () => {
    const made = await generate('carrier:string?', 'stops:int=3');
    expect(made).toMatchObject({
      entity: 'Parcel',
      service: 'parcels',
      fields: ['carrier', 'stops'],
      byHand: [],
    });
    expect(made.created).toEqual(
      ['carrier', 'stops'].map((name) => `${folder}/migrations/add-${name}-to-parcels.ts`),
    );
    const contract = shop.read('proto/parcel.proto');
    expect(contract).toMatch(
      /message Parcel \{[^}]*label = 4;\n {2}optional string carrier = 5;\n {2}int32 stops = 6;\n\}/,
    );
    expect(contract).toMatch(
      /update_mask = 100;\n {2}optional string carrier = 3;\n {2}optional int32 stops = 4;\n\}/,
    );
    expect(shop.read(`${folder}/parcel/parcel.rules.ts`)).toMatch(/^\/\/ Ours\.\n[^]*stops: 3,/);
    expect(shop.read(`${folder}/migrations/add-stops-to-parcels.ts`)).toContain('stops: 3');
    expect(
      shop.read('services/api-gateway/src/models/parcel.args.ts').match(/carrier\?: string/g),
    ).toHaveLength(2);
    const after = shop.tree();
    expect(await generate('stops:int=3', 'carrier:string?')).toMatchObject({ created: [], changed: [] });
    await shop.withContext((context) => generateService(context, parcels, writes));
    expect(changedSince(after)).toEqual([]);
    await destroy('field Parcel.stops');
    await destroy('field Parcel.carrier');
    // The layout of an edited file is left as it is.
    const rules = `${folder}/parcel/parcel.rules.ts`;
    const compact = (text: string) => text.replace(/\s/g, '');
    expect(compact(shop.read(rules))).toBe(compact(Buffer.from(before[rules]!, 'base64').toString()));
    expect(changedSince(before).filter((path) => path !== rules)).toEqual([]);
  });

  const committed = () => Promise.resolve(undefined);

  it('are removed so that their numbers and names are never used again, with a migration, once', async () => {
    const remove = (field: string) =>
      shop.withContext((context) =>
        destroyField(context, { entity: 'Parcel', field }, { ...writes, committed }),
      );
    await generate('grade:enum(good|bad)');
    // Without git, anybody may know the field already.
    expect(await remove('grade')).toMatchObject({ way: 'reserved', service: 'parcels', byHand: [] });
    const contract = shop.read('proto/parcel.proto');
    expect(contract).toMatch(/message Parcel \{[^}]*\n {2}reserved 5;\n {2}reserved "grade";\n\}/);
    expect(shop.read(`${folder}/migrations/drop-grade-of-parcels.ts`)).toContain("grade: 'varchar(200)'");
    expect(shop.read(`${folder}/parcel/parcel.rules.ts`)).toMatch(/^\/\/ Ours\./);
    const left = Object.keys(shop.tree()).filter((path) => /^services\/.*parcel(s\.fixture|\.)/.test(path));
    expect(left.filter((path) => /grade/i.test(shop.read(path)))).toEqual([]);
    expect(await remove('grade')).toMatchObject({ created: [], changed: [] });
    await expect(generate('grade:int')).rejects.toMatchObject({ code: 'FIELD_RESERVED' });
    await expect(remove('label2')).rejects.toMatchObject({
      code: 'UNKNOWN_FIELD',
      facts: { similar: 'label' },
    });
  });

  it('never get a number or a name that is reserved', async () => {
    shop.edit('proto/parcel.proto', (text) =>
      text.replace('  string label = 4;\n', '  string label = 4;\n  reserved 5 to 7;\n  reserved "size";\n'),
    );
    await expect(generate('size:int')).rejects.toMatchObject({ code: 'FIELD_RESERVED' });
    await generate('carrier:string');
    expect(shop.read('proto/parcel.proto')).toContain('optional string carrier = 8;');
  });

  it.each<[string[], string, RegExp]>([
    [['label:string'], 'FIELD_TAKEN', /Parcel already has a field label: proto\/parcel.proto:\d+, string/],
    [['carrier:string!'], 'FIELD_REQUIRED', /carrier cannot be required/],
    [['carrier:strng'], 'FIELDS_INVALID', /did you mean "string"/],
    [['stops:int', 'createdAt:datetime'], 'FIELDS_INVALID', /every entity has "createdAt"/],
    [['stops:int', 'stops:float'], 'GENERATED_OTHERWISE', /not "stops:float"/],
  ])('%j are refused without changing the tree', async (fields, code, message) => {
    await expect(generate(...fields)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(changedSince(before)).toEqual([]);
  });

  it('of an unknown entity, or with a place that was moved, change nothing', async () => {
    shop.edit(`${folder}/parcel/parcel.rules.ts`, (text) => text.replaceAll('DEFAULTS', 'FALLBACKS'));
    const edited = shop.tree();
    await expect(generate('stops:int=3')).rejects.toMatchObject({
      code: 'PLACE_MISSING',
      facts: { places: [`${folder}/parcel/parcel.rules.ts: add to DEFAULTS: stops: 3`] },
    });
    const unknown = { entity: 'parcels', fields: ['a:int'] };
    await expect(
      shop.withContext((context) => generateFields(context, unknown, writes)),
    ).rejects.toMatchObject({ code: 'UNKNOWN_ENTITY', facts: { similar: 'Parcel' } });
    expect(changedSince(edited)).toEqual([]);
  });
});
