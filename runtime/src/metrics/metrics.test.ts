import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

const linesOf = async (metrics: Metrics, name: string): Promise<string[]> => {
  const { body } = await metrics.text();
  return body.split('\n').filter((line) => line.startsWith(name));
};

describe('the metrics of a service', () => {
  it('count by labels, with the name of the service', async () => {
    const metrics = new Metrics('user-service');
    const calls = metrics.counter({ name: 'calls_total', help: 'Calls.', labels: ['method', 'code'] });
    calls.add(['GetUser', 'OK']);
    calls.add(['GetUser', 'OK'], 2);
    calls.add(['Say "hi"\n', 'OK']);
    expect(await linesOf(metrics, 'calls_total')).toEqual([
      'calls_total{method="GetUser",code="OK",service="user-service"} 3',
      'calls_total{method="Say \\"hi\\"\\n",code="OK",service="user-service"} 1',
    ]);
    const { body, type } = await metrics.text();
    expect(type).toMatch('text/plain; version=0.0.4');
    expect(body).toContain('# TYPE calls_total counter');
  });

  it('record durations in cumulative buckets', async () => {
    const metrics = new Metrics('user-service');
    const took = metrics.histogram({ name: 'took_seconds', help: 'Times.', labels: ['method'] });
    for (const seconds of [0.0005, 0.01, 0.011, 60]) took.observe(['GetUser'], seconds);
    const lines = await linesOf(metrics, 'took_seconds');
    const bucket = (le: string) =>
      lines
        .find((line) => line.includes(`le="${le}"`))
        ?.split(' ')
        .at(-1);
    expect(['0.001', '0.01', '0.025', '5', '+Inf'].map(bucket)).toEqual(['1', '2', '3', '3', '4']);
    expect(lines.at(-2)).toBe('took_seconds_sum{method="GetUser",service="user-service"} 60.0215');
    expect(lines.at(-1)).toBe('took_seconds_count{method="GetUser",service="user-service"} 4');
  });

  it('use bounded memory for any number of label values', async () => {
    const metrics = new Metrics('user-service');
    const calls = metrics.counter({ name: 'calls_total', help: 'Calls.', labels: ['a', 'b'] });
    for (let n = 0; n < 3_000; n++) calls.add([String(n), 'b']);
    const lines = await linesOf(metrics, 'calls_total');
    expect(lines).toHaveLength(1_001);
    expect(lines.at(-1)).toBe('calls_total{a="other",b="other",service="user-service"} 2000');
  });

  it('read gauges at scrape time, and omit those that cannot be read', async () => {
    const metrics = new Metrics('user-service');
    let size = 1;
    metrics.gauge({ name: 'size', help: 'Size.', labels: [] }, () => [{ labels: {}, value: size }]);
    metrics.gauge({ name: 'lost', help: 'Lost.', labels: [] }, () => Promise.reject(new Error('gone')));
    expect(await linesOf(metrics, 'size')).toEqual(['size{service="user-service"} 1']);
    size = 2;
    expect(await linesOf(metrics, 'size')).toEqual(['size{service="user-service"} 2']);
    expect(await linesOf(metrics, 'lost')).toEqual([]);
  });

  it('include the process and its event loop, and metrics added later', async () => {
    const metrics = new Metrics('user-service');
    expect(await linesOf(metrics, 'nodejs_eventloop_lag_p99_seconds{')).toHaveLength(1);
    expect(await linesOf(metrics, 'process_resident_memory_bytes{')).toHaveLength(1);
    const late = metrics.counter({ name: 'late_total', help: 'Late.', labels: [] });
    late.add([]);
    expect(await linesOf(metrics, 'late_total')).toEqual(['late_total{service="user-service"} 1']);
    expect(() => metrics.counter({ name: 'late_total', help: 'Again.', labels: [] })).toThrow('late_total');
  });
});
