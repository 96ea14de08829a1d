import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { movedImports } from './moved-imports.js';
import { GATEWAY_EXPORTS } from './moved-modules.js';

const index = resolve(import.meta.dirname, '../../../../../../gateway/src/index.ts');
const moved = (text: string, gone = (_: string) => true) => movedImports('resolvers/a.ts', text, gone);

describe('imports of moved modules', () => {
  it('come from the new module, under their old local names', () => {
    const text = `import { Args } from '@nestjs/graphql';
import { GrpcServer } from '../upstreams/grpc-server.fixture.js';
import { CATALOGUE_CURRENCY, toDecimal } from '../money/decimal.js';
import { IsId, type FieldProblem } from '../validation/validation.pipe.js';
import { USERS } from '../upstreams/upstreams.module.js';
import { Own } from './own.js';

GrpcServer;
`;
    const kept = text.replace('IsId, type FieldProblem', 'ArgumentsPipe, type FieldProblem');
    expect(moved(kept, (module) => module !== 'resolvers/own')).toEqual({
      byHand: [],
      text: `import { Args } from '@nestjs/graphql';
import { ArgumentsPipe } from '@msx/gateway';
import type { FieldProblem } from '@msx/gateway';
import { TestUpstream as GrpcServer } from '@msx/gateway/testing';
import { DEFAULT_CURRENCY as CATALOGUE_CURRENCY, toDecimal } from '@msx/runtime';
import { USERS } from '../upstreams/upstreams.js';
import { Own } from './own.js';

GrpcServer;
`,
    });
  });

  it('are kept and reported when a name is no longer exported', () => {
    const text = "import { tokenBucket } from '../rate-limits/token-bucket.js';\n";
    expect(moved(text)).toEqual({
      text,
      byHand: ['rate-limits/token-bucket.ts was removed, and nothing else exports tokenBucket'],
    });
  });

  it('of existing modules do not change', () => {
    const text = "import { Owner } from '../auth/owner.js';\n";
    expect(moved(text, () => false)).toEqual({ text, byHand: [] });
  });
});

it('GATEWAY_EXPORTS matches the exports of @msx/gateway', () => {
  const exported = [
    ...readFileSync(index, 'utf8').matchAll(/export (?:type )?\{([^}]*)\} from '\.\/(.*)\.js'/g),
  ];
  const names = new Map<string, string[]>();
  for (const [, list = '', module = ''] of exported)
    names.set(module, [...(names.get(module) ?? []), ...(list.match(/\w+/g) ?? [])]);
  for (const [module, said] of Object.entries(GATEWAY_EXPORTS))
    expect([module, [...said].sort()]).toEqual([module, names.get(module)?.sort()]);
});
