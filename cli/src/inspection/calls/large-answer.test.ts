import { fromJson, toBinary } from '@bufbuild/protobuf';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { loadSystem } from '../../model/system/load-system.js';
import { callMethod } from './call-method.js';
import { contractOf, methodOf } from './methods.js';

const ROOT = join(import.meta.dirname, '../../../..');
const server = new Server();
afterAll(() => server.forceShutdown());

let address = '';
const system = loadSystem(ROOT);
const contract = contractOf(system.services.find(({ name }) => name === 'product-service')!);
const method = methodOf(contract, 'ListProducts');

beforeAll(async () => {
  const description = 'x'.repeat(100_000);
  const products = Array.from({ length: 100 }, (_, n) => ({ id: String(n), description }));
  const answer = Buffer.from(toBinary(method.output, fromJson(method.output, { products })));
  const unchanged = (bytes: Buffer): Buffer => bytes;
  const codecs = { requestSerialize: unchanged, requestDeserialize: unchanged, responseSerialize: unchanged };
  const path = `/${method.parent.typeName}/${method.name}`;
  const unary = { requestStream: false, responseStream: false } as const;
  server.addService(
    { list: { path, ...unary, ...codecs, responseDeserialize: unchanged } },
    { list: (_call: unknown, reply: (error: null, bytes: Buffer) => void) => reply(null, answer) },
  );
  const credentials = ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, at) => (error ? reject(error) : resolve(at))),
  );
  address = `127.0.0.1:${port}`;
});

it('an answer of ten megabytes is shown whole', async () => {
  const { signal } = new AbortController();
  const answers = callMethod({ system, contract, method }, {}, { timeoutMs: 60_000, signal, address });
  for await (const answer of answers)
    expect((answer as { products: { id: string }[] }).products.map(({ id }) => id)).toHaveLength(100);
});
