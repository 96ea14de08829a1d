import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import OneRealmEnvironment from '../scripts/jest/one-realm-environment.mjs';

const surroundings = globalThis as unknown as Record<string, unknown>;
const begin = () => new OneRealmEnvironment({ projectConfig: { fakeTimers: {} } });

it('an error of Node is an Error of the suite', () => {
  expect(() => readFileSync('/absent')).toThrow(Error);
});

it('what a suite changed is as it was for the next', async () => {
  const { fetch } = globalThis;
  const { PATH } = process.env;
  const folder = process.cwd();
  const heard: string[] = [];
  const suite = begin();

  Object.assign(surroundings, { fetch: 'another', leftByASuite: true });
  Object.assign(process.env, { PATH: 'elsewhere', LEFT_BY_A_SUITE: '1' });
  process.on('SIGUSR2', () => void heard.push('SIGUSR2'));
  process.once('SIGUSR2', () => void heard.push('once'));
  process.chdir(tmpdir());
  process.exitCode = 3;
  process.argv.push('--left');
  await suite.teardown();

  process.emit('SIGUSR2', 'SIGUSR2');
  expect([process.env.PATH, process.env.LEFT_BY_A_SUITE, process.exitCode]).toEqual([
    PATH,
    undefined,
    undefined,
  ]);
  expect(heard).toEqual([]);
  expect([globalThis.fetch, 'leftByASuite' in surroundings]).toEqual([fetch, false]);
  expect([process.cwd(), process.argv.includes('--left')]).toEqual([folder, false]);
});

it('faked time ends with the suite', async () => {
  const suite = begin();
  suite.fakeTimersModern.useFakeTimers();
  expect(Date.name).not.toBe('Date');
  await suite.teardown();
  expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
});
