import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

describe.each(['compiled', 'apollo'])('the metrics of the gateway (%s)', (engine) => {
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

  it('count operations by what they ask for, and by how they ended', async () => {
    await gateway.gql('query ByAnyName { people: usersCount }');
    await gateway.gql('{ usersCount }');
    await gateway.gql('{ user(id: "nobody") { id } }');
    await gateway.gql('{ usersCount productsCount }');
    expect(await operations('query usersCount', 'OK')).toBe(2);
    expect(await operations('query user', 'USER_NOT_FOUND')).toBe(1);
    expect(await operations('query several', 'OK')).toBe(1);
  });

  it('count requests that reach no operation, too', async () => {
    await gateway.gql('{');
    await fetch(gateway.url.replace('/graphql', '/no/such/path'));
    const requests = (route: string, status: number, method = 'POST') =>
      valueOf(
        `http_server_request_duration_seconds_count{http_method="${method}",http_route="${route}",http_status="${status}"`,
      );
    expect(await requests('/graphql', 400)).toBe(1);
    expect(await requests('none', 404, 'GET')).toBe(1);
  });

  it('tell of the services behind it', async () => {
    const calls = (code: string, method: string) =>
      valueOf(
        `grpc_client_handling_seconds_count{upstream="user-service",grpc_path="/shop.user.v1.UserService/${method}",grpc_code="${code}"`,
      );
    expect(await calls('OK', 'CountUsers')).toBeGreaterThanOrEqual(3);
    expect(await calls('NOT_FOUND', 'GetUser')).toBe(1);
    expect(await valueOf('upstream_circuit_state{upstream="order-service"')).toBe(0);
    expect(await valueOf('service_ready{')).toBe(1);
    expect(await valueOf('service_check_ok{check="user-service"')).toBeDefined();
    expect(await valueOf('graphql_sockets{')).toBe(0);
    expect(await valueOf('nodejs_eventloop_lag_seconds{')).toBeDefined();
  });

  it('are for those who run it: not on the port of the clients', async () => {
    expect((await fetch(gateway.url.replace('/graphql', '/metrics'))).status).toBe(404);
  });
});
