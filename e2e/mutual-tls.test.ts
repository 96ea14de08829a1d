import { Client, credentials, status } from '@grpc/grpc-js';
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Authority } from '../cli/src/secrets/certificates/authority.js';
import { certificateFilesOf } from '../cli/src/model/system/certificate-files.js';
import { ShopClient, until } from './shop-client.fixture.js';
import { ShopCopy } from './shop-copy.fixture.js';

jest.setTimeout(180_000);

const SERVICES = ['user-service', 'product-service', 'order-service'];

/** grpc.health.v1.Health/Check without a service: field 1 of the answer is SERVING. */
const SERVING = Buffer.from([8, 1]);

describe('a shop whose services show each other certificates', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let files: ReturnType<typeof certificateFilesOf>;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    client = new ShopClient(shop.graphql);
    files = certificateFilesOf(shop.root);
    const { code, stderr } = await shop.msx('dev', 'start', '--tls', '--timeout', '120');
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
  afterAll(() => shop?.destroy());

  /** Asks a service for its health over gRPC, as any program on the network could. */
  async function ask(service: string, channel: ChannelCredentials): Promise<Buffer> {
    const stranger = new Client(shop.grpc(service), channel, { 'grpc.ssl_target_name_override': service });
    const asIs = (bytes: Buffer) => bytes;
    try {
      return await new Promise((resolve, reject) => {
        const reply = (error: ServiceError | null, answer?: Buffer) =>
          error ? reject(error) : resolve(answer!);
        const options = { deadline: Date.now() + 20_000 };
        stranger.makeUnaryRequest(
          '/grpc.health.v1.Health/Check',
          asIs,
          asIs,
          Buffer.alloc(0),
          options,
          reply,
        );
      });
    } finally {
      stranger.close();
    }
  }

  /** @param shown PEM of a certificate and its key */
  const showing = (shown: string | Buffer) =>
    credentials.createSsl(readFileSync(files.ca), Buffer.from(shown), Buffer.from(shown));

  const ours = async () => Authority.parse(readFileSync(files.authority, 'utf8'));

  it('takes and confirms an order', async () => {
    const [user, product] = [await client.createUser('tls@example.com'), await client.createProduct(3)];
    const { data } = await client.order(user, product);
    await client.confirmed(data!.createOrder!.id);
  });

  it('answers msx call, which shows a certificate of this machine', async () => {
    const answer = await shop.json<{ count: number }>('call', 'product-service', 'CountProducts');
    expect(answer.count).toBeGreaterThan(0);
  });

  it('has each service take calls of those that msx.yaml says call it', async () => {
    const called = async (caller: string) => {
      const pem = files.of(caller);
      const env = { TLS_CERT: pem, TLS_KEY: pem, TLS_CA: files.ca };
      const count = ['call', 'user-service', 'CountUsers', '{}', '--json'];
      return (await shop.msxWith({ env }, ...count)).stdout;
    };
    expect(await called('api-gateway')).not.toContain('error');
    expect(await called('product-service')).toContain('PERMISSION_DENIED');
  });

  it('tells its health to whoever asks', async () => {
    for (const service of SERVICES) {
      const [host, port] = shop.grpc(service).split(':');
      const response = await fetch(`http://${host}:${Number(port) + 1000}/health/ready`);
      expect(await response.json()).toMatchObject({ service, ready: true, degraded: false });
    }
    expect((await shop.msx('dev', 'why')).code).toBe(0);
  });

  it.each(SERVICES)('lets into %s only who shows a certificate of its authority', async (service) => {
    const foreign = await Authority.create('foreign');
    const refused = { code: status.UNAVAILABLE };
    expect(await ask(service, showing(readFileSync(files.of('api-gateway'))))).toEqual(SERVING);
    await expect(ask(service, credentials.createInsecure())).rejects.toMatchObject(refused);
    const none = credentials.createSsl(readFileSync(files.ca));
    await expect(ask(service, none)).rejects.toMatchObject(refused);
    const wrong = showing(await foreign.issue('api-gateway'));
    await expect(ask(service, wrong)).rejects.toMatchObject(refused);
    const expired = showing(await (await ours()).issue('api-gateway', { fromDays: -2, days: -1 }));
    await expect(ask(service, expired)).rejects.toMatchObject(refused);
  });

  it('goes on while all certificates are replaced, and then believes only the new ones', async () => {
    const former = readFileSync(files.of('api-gateway'));
    const { code, stdout } = await shop.msx('certs', 'dev', '--force');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/api-gateway.*asked for/),
    });
    const errors: unknown[] = [];
    for (const service of SERVICES) {
      const current = async () => {
        errors.push(...((await client.ask('{ usersCount productsCount }')).errors ?? []));
        return ask(service, showing(readFileSync(files.of('api-gateway'))));
      };
      await until(current, (answer) => answer.equals(SERVING));
      await expect(ask(service, showing(former))).rejects.toMatchObject({ code: status.UNAVAILABLE });
    }
    expect(errors).toEqual([]);
    expect((await shop.msx('dev', 'restart', 'user-service')).code).toBe(0);
    await until(
      () => client.ask<{ usersCount: number }>('{ usersCount }'),
      ({ data }) => data?.usersCount === 1,
    );
  });
});
