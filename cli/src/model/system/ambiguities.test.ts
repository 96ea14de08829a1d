import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { parseSystem } from './load-system.js';

const MODEL = `name: shop
services:
  order-service:
    path: services/order-service
    kind: graphql
    port: 3000
`;

/** The error lines for the model with a replacement. */
function refusal(from: string, to: string): string[] {
  try {
    parseSystem(MODEL.replace(from, to), '/shop', () => true);
    return [];
  } catch (error) {
    return (error as MsxError).message.split('\n');
  }
}

describe('ambiguities in msx.yaml', () => {
  it.each(['0o5670', '0xbb8', '3e3', '3000.0', '03000', '+3000'])('are refused: the port %s', (port) =>
    expect(refusal('3000', port)).toEqual([`msx.yaml:6:11 write ${port} in decimal digits: 3000`]),
  );

  it.each([
    [
      'a merge key',
      '    kind: graphql',
      '    <<: { kind: graphql }',
      '5:5 merge keys (<<) are not supported: write the keys out',
    ],
    [
      'a second document',
      'name: shop',
      '---\nname: shop\n---\nname: another',
      '3:1 a second document begins here, but only one is allowed',
    ],
    [
      'another YAML',
      'name: shop',
      '%YAML 1.1\n---\nname: shop',
      '1:1 YAML 1.1 is not supported: remove the directive to use YAML 1.2',
    ],
  ])('are refused: %s', (...[, from, to, expected]) =>
    expect(refusal(from, to)).toEqual([`msx.yaml:${expected}`]),
  );

  it.each(['../..', '../shop', 'services/../..', '/srv/order-service'])(
    'are refused: a service in %s',
    (path) =>
      expect(refusal('services/order-service', path)).toEqual([
        `msx.yaml:4:11 services.order-service.path: ${join(path)} is outside of the folder of msx.yaml`,
      ]),
  );

  it('do not include decimal integers, anchors, or comments after the document', () => {
    expect(refusal('port: 3000', 'port: &port 3000\n    healthPort: 4001 # 0x10')).toEqual([]);
    expect(refusal('    port: 3000\n', '    port: 3000\n...\n# the end\n')).toEqual([]);
  });
});
