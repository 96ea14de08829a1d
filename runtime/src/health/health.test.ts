import { describe, expect, it } from '@jest/globals';
import { Health } from './health.js';

describe('Health', () => {
  it('has started once every check has been ok, and then stays started', async () => {
    const health = new Health('order-service');
    const consumer = health.check('consumer', 'kafka');
    const users = health.check('user-service', 'user-service');
    consumer.ok();
    expect(await health.report()).toMatchObject({ started: false, ready: false, degraded: false });
    health.serving();
    consumer.fail('no connection to Kafka at 127.0.0.1:9092 (ECONNREFUSED)');
    expect(await health.report()).toEqual({
      service: 'order-service',
      started: false,
      ready: true,
      degraded: false,
      checks: [
        {
          name: 'consumer',
          ok: false,
          reason: 'no connection to Kafka at 127.0.0.1:9092 (ECONNREFUSED)',
          waitingFor: 'kafka',
        },
        { name: 'user-service', ok: false, reason: 'not reached yet', waitingFor: 'user-service' },
      ],
    });
    users.ok();
    expect(await health.report()).toMatchObject({ started: true, ready: true, degraded: true });
    consumer.ok();
    expect(await health.report()).toMatchObject({
      started: true,
      degraded: false,
      checks: [{ ok: true }, { ok: true }],
    });
    users.fail('14 UNAVAILABLE');
    expect(await health.report()).toMatchObject({ started: true, ready: true, degraded: true });
  });

  it('has not started before it serves requests', async () => {
    const health = new Health('x');
    expect(await health.report()).toMatchObject({ started: false, ready: false });
    health.serving();
    expect(await health.report()).toMatchObject({ started: true, ready: true });
  });

  it('is ready while its probes succeed and it is not draining', async () => {
    const health = new Health('x');
    let failure: string | undefined = 'no answer within 2000 ms';
    health.readyWhile('database', () => Promise.resolve(failure));
    health.serving();
    const database = { name: 'database', ok: false, reason: failure };
    expect(await health.report()).toMatchObject({ ready: false, degraded: true, checks: [database] });
    failure = undefined;
    expect(await health.report()).toMatchObject({ ready: true, degraded: false, checks: [] });
    health.draining();
    expect(await health.report()).toMatchObject({ started: true, ready: false });
  });

  it('is degraded, and ready, while something worries it', async () => {
    const health = new Health('x');
    const reason = '3 orders are overdue';
    health.degradedWhile('deadlines', () => Promise.resolve(reason));
    health.serving();
    const deadlines = { name: 'deadlines', ok: false, reason };
    expect(await health.report()).toMatchObject({ ready: true, degraded: true, checks: [deadlines] });
  });
});
