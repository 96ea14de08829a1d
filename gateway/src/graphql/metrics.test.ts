import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { installedEngines } from './apollo-packages.js';

describe.each(installedEngines())('the metrics of the gateway (%s)', (engine) => {
  const gateway = new Gateway();
  beforeAll(() => gateway.start('development', { GRAPHQL_ENGINE: engine }));
  afterAll(() => gateway.stop());

  /** The value of a series, by the start of its line. */
  async function valueOf(series: string): Promise<number | undefined> {
    const text = await (await fetch(gateway.healthUrl.replace(/\/health$/, '/metrics'))).text();
    const line = text.split('\n').find((one) => one.startsWith(series));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  const operations = (operation: string, code: string) =>
    valueOf(`graphql_operation_duration_seconds_count{operation="${operation}",code="${code}"`);

  it('count operations by root field and by outcome', async () => {
    await gateway.gql('query ByAnyName { people: readersCount }');
    await gateway.gql('{ readersCount }');
    await gateway.gql('{ reader(id: "nobody") { id } }');
    await gateway.gql('{ readersCount booksCount }');
    expect(await operations('query readersCount', 'OK')).toBe(2);
    expect(await operations('query reader', 'READER_NOT_FOUND')).toBe(1);
    expect(await operations('query several', 'OK')).toBe(1);
  });

  it('also count requests that reach no operation', async () => {
    await gateway.gql('{');
    await fetch(gateway.url.replace('/graphql', '/no/such/path'));
    const requests = (route: string, status: number, method = 'POST') =>
      valueOf(
        `http_server_request_duration_seconds_count{http_method="${method}",http_route="${route}",http_status="${status}"`,
      );
    expect(await requests('/graphql', 400)).toBe(1);
    expect(await requests('none', 404, 'GET')).toBe(1);
  });

  it('cover the services behind it', async () => {
    const calls = (code: string, method: string) =>
      valueOf(
        `grpc_client_handling_seconds_count{upstream="reader-service",grpc_path="/library.v1.ReaderService/${method}",grpc_code="${code}"`,
      );
    expect(await calls('OK', 'CountReaders')).toBeGreaterThanOrEqual(3);
    expect(await calls('NOT_FOUND', 'GetReader')).toBe(1);
    expect(await valueOf('upstream_circuit_state{upstream="loan-service"')).toBe(0);
    expect(await valueOf('service_ready{')).toBe(1);
    expect(await valueOf('service_check_ok{check="reader-service"')).toBeDefined();
    expect(await valueOf('graphql_sockets{')).toBe(0);
    expect(await valueOf('nodejs_eventloop_lag_seconds{')).toBeDefined();
  });

  it('are not served on the port for clients', async () => {
    expect((await fetch(gateway.url.replace('/graphql', '/metrics'))).status).toBe(404);
  });
});
