import { afterEach, describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import { statusText } from './dev-status.js';
import { runningText } from './dev-started.js';
import { widthOf } from '../text/text-width.js';
import type { ProcessReport, RunReport } from '../../running/dev/report.js';
import type { RunMode } from '../../running/dev/run-mode.js';

const { isTTY, columns } = process.stdout;
const screen = (width: number) => Object.assign(process.stdout, { isTTY: true, columns: width });
afterEach(() => void Object.assign(process.stdout, { isTTY, columns }));

const mode: RunMode = { mode: 'development', broker: 'embedded', tls: true, watch: true };
const orders: ProcessReport = {
  ...{ name: 'order-service', state: 'ready', pid: 31_234, url: '127.0.0.1:50053', ports: [50053] },
  ...{ uptimeMs: 200_000, cpu: 0.034, memory: 144e6, crashes: 0, restarts: 0, stale: false, because: [] },
};
const gateway = { ...orders, name: 'api-gateway', url: 'http://localhost:3000/graphql' };
const report = (...processes: ProcessReport[]): RunReport => ({
  engine: { pid: 1, startedAt: Date.now() - 200_000 },
  processes,
});
const textOf = (...processes: ProcessReport[]) =>
  statusText(report(...processes), mode, new Ansis(0)).split('\n');

describe('the status', () => {
  it('has all columns on a wide screen', () => {
    screen(120);
    expect(textOf(orders, gateway)).toEqual([
      'SERVICE        STATE  UPTIME  URL                            CPU  MEMORY  RESTARTS  PID',
      'order-service  ready  3 min   127.0.0.1:50053                3 %  144 MB  0         31234',
      'api-gateway    ready  3 min   http://localhost:3000/graphql  3 %  144 MB  0         31234',
      'development mode · embedded broker · mutual TLS · watching for edits · engine up 3 min',
    ]);
  });

  it('fits a narrow screen, even with long reasons', () => {
    screen(80);
    const reason =
      'order-service is not ready: consumer waits for kafka (connect ECONNREFUSED 127.0.0.1:9092)';
    const lines = textOf({ ...orders, state: 'degraded', because: [reason] }, { ...gateway, stale: true });
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe('SERVICE        STATE     UPTIME  URL                     CPU  MEMORY  RESTARTS');
  });

  it('lists stale services, with the command that updates them', () => {
    screen(120);
    const stale = { ...orders, stale: true };
    expect(textOf(stale, gateway)).toContain(
      'order-service is stale, older than its sources: msx dev restart order-service',
    );
    expect(textOf(stale, { ...gateway, stale: true })).toContain(
      'order-service, api-gateway are stale, older than their sources: msx dev start',
    );
    const because = [
      'order-service is ready, but still runs its previous build',
      'build:order-service failed: no',
    ];
    expect(textOf({ ...stale, because }).join('\n')).not.toContain('msx dev restart');
  });
});

describe('a start of a running system', () => {
  it('prints the address and the next command on one line', () => {
    screen(80);
    expect(runningText([orders, gateway], mode)).toBe(
      'everything is running already · http://localhost:3000/graphql · msx dev status',
    );
    screen(70);
    expect(runningText([orders, gateway], mode)).toBe(
      'everything is running already · http://localhost:3000/graphql',
    );
    expect(runningText([orders], { ...mode, mode: 'production' })).toBe(
      'everything is running already in production mode · msx dev status',
    );
  });
});
