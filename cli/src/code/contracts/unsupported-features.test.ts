import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { generateStubs } from './generate-stubs.js';
import { lintContracts } from './lint-contracts.js';

jest.setTimeout(60_000);

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

/** Adds a contract and returns the problems it is refused with, without their common parts. */
async function refused(...lines: string[]): Promise<string[]> {
  shop.write('proto/parcel.proto', lines.join('\n') + '\n');
  const error = await generateStubs(shop.system).then(
    () => undefined,
    (reason: { code: string; message: string }) => reason,
  );
  if (!error) return [];
  expect(error.code).toBe('PROTO_INVALID');
  for (const { name } of shop.system.services)
    expect(readdirSync(join(shop.root, 'services', name, 'src'))).toEqual(['main.ts']);
  return error.message
    .split('\n')
    .map((line) => line.replace('proto/parcel.proto:', '').replace(' is not implemented', ''));
}

describe('features that the generator does not implement', () => {
  it('are refused for an edition, one by one', async () => {
    expect(
      await refused(
        'edition = "2023";',
        'package shop.parcel.v1;',
        'option features.enum_type = CLOSED;',
        'message Parcel {',
        '  string label = 1;',
        '  Size size = 2 [features.message_encoding = DELIMITED];',
        '  int32 weight = 3 [features.field_presence = IMPLICIT];',
        '  repeated int32 legs = 5 [features.repeated_field_encoding = EXPANDED];',
        '  string carrier = 6 [default = "post"];',
        '  message Size { int32 width = 1; extensions 100 to 199; }',
        '}',
      ),
    ).toEqual([
      '1:1 edition "2023"',
      '3:1 features.enum_type',
      '6:3 features.message_encoding',
      '7:3 features.field_presence',
      '8:3 features.repeated_field_encoding',
      '9:3 the default of carrier',
      '10:46 a range of extensions',
    ]);
  });

  it.each([
    ['edition = "2023";', 'edition "2023"'],
    ['edition = "2077";', 'edition "2077"'],
    ['  syntax = "proto4";', 'syntax "proto4"'],
  ])('are reported before the compile errors they cause: %s', async (first, feature) => {
    const [cause, ...rest] = await refused(first, 'message Parcel {', '  optional string label = 1;', '}');
    expect(cause).toMatch(new RegExp(`^1:[13] ${feature}$`));
    expect(rest.length).toBeGreaterThan(0);
  });

  it('are refused for proto2, explicit or implicit', async () => {
    expect(
      await refused(
        'syntax = "proto2";',
        'package shop.parcel.v1;',
        'message Badge {',
        '  required string code = 1;',
        '  optional int32 level = 2 [default = 3];',
        '  repeated group Stripe = 4 {',
        '    optional string colour = 5;',
        '  }',
        '  extensions 100 to 199;',
        '}',
        'extend Badge { optional string owner = 100; }',
      ),
    ).toEqual([
      '1:1 syntax "proto2"',
      '4:3 "required" of code',
      '5:3 the default of level',
      '6:3 the group stripe',
      '9:14 a range of extensions',
      '11:16 the extension owner of shop.parcel.v1.Badge',
    ]);
    expect(await refused('package shop.parcel.v1;', 'message Badge {}')).toEqual(['1:1 syntax "proto2"']);
  });

  it('are refused for some of Google’s own messages, but custom options are accepted', async () => {
    const head = [
      'syntax = "proto3";',
      'package shop.parcel.v1;',
      'import "google/protobuf/descriptor.proto";',
    ];
    const options = 'extend google.protobuf.FieldOptions { optional string unit = 50000; }';
    const field = '  google.protobuf.FileDescriptorProto file = 1;';
    expect(await refused(...head, options, 'message Parcel {', field, '}')).toEqual([
      '6:3 google.protobuf.FileDescriptorProto',
    ]);
    expect(await refused(...head, options, 'message Parcel { int32 weight = 1 [(unit) = "g"]; }')).toEqual(
      [],
    );
  });

  it('are also reported by the linter', async () => {
    shop.write('proto/badge.proto', 'syntax = "proto2";\npackage shop.badge.v1;\nmessage Badge {}\n');
    await expect(lintContracts(shop.system)).rejects.toMatchObject({ code: 'PROTO_INVALID' });
  });
});
