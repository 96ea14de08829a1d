import { describe, expect, it } from '@jest/globals';
import { isolatedSystem } from './isolated-system.js';
import { parseSystem } from './load-system.js';
import { serviceEnvironment } from './service-environment.js';

const shop = parseSystem(
  `name: shop
auth: { issuer: users }
services:
  users: { path: users, kind: grpc, port: 50051, proto: [users.proto] }
  gateway: { path: gateway, kind: graphql, port: 3000, calls: [users] }
`,
  '/shop',
  () => true,
);
const ports = { users: [17_000, 17_001], gateway: [17_002, 17_003], kafka: [17_004] };

describe('an isolated system', () => {
  it('has its own ports, to which everything that is derived from them refers', () => {
    const system = isolatedSystem(shop, ports);
    expect(system.broker).toMatchObject({ port: 17_004, address: '127.0.0.1:17004' });
    expect(serviceEnvironment(system, system.services[1]!)).toMatchObject({
      PORT: '17002',
      HEALTH_PORT: '17003',
      KAFKA_BROKERS: '127.0.0.1:17004',
      USERS_URL: '127.0.0.1:17000',
      SESSIONS_URL: '127.0.0.1:17000',
    });
  });

  it('leaves the names of logs in a shared folder to others', () => {
    expect(shop).toMatchObject({ logLinks: '/tmp', logFolder: '/shop/.msx/logs' });
    expect(isolatedSystem(shop, ports)).not.toHaveProperty('logLinks');
    expect(isolatedSystem(shop, ports).logFolder).toBe('/shop/.msx/logs');
  });

  it('uses a broker that somebody else runs where it is', () => {
    const { kafka: _, ...others } = ports;
    expect(isolatedSystem(shop, others).broker).toEqual(shop.broker);
  });
});
