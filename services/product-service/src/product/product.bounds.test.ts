import { boundedFields, requestAt, TestProcess } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ProductServiceService as rpcs } from '../gen/product.js';

const contract = readFileSync(new URL('../../../../proto/product.proto', import.meta.url), 'utf8');
const fields = boundedFields(contract).filter(({ max }) => max !== undefined);

describe('the bounds of the contract', () => {
  let service: TestProcess;
  beforeAll(
    async () => void (service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url))),
  );
  afterAll(async () => void (await service.stop()));

  it.each(fields)('are enforced: $rpc takes at most $max at $path', async ({ rpc, path, kind, max }) => {
    const name = path.at(-1)!;
    const refused = new RegExp(`(^|; )${name} must (have|be) (at most|1 to|from 1 to) ${max}\\b`);
    const answer = (count: number): Promise<string> => {
      const value =
        kind === 'text'
          ? 'x'.repeat(count)
          : Array(count).fill(name === 'ids' ? 'x' : { productId: 'x', quantity: 1 });
      const method = rpcs[rpc as keyof typeof rpcs] as typeof rpcs.createProduct;
      const request = requestAt(method, [path, value]);
      return service.call(method, request).then(String, ({ message }: Error) => message);
    };
    expect(await answer(max!)).not.toMatch(refused);
    expect(await answer(max! + 1)).toMatch(refused);
  });
});
