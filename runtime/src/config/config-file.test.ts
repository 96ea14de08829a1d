import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartupError } from '../startup/startup-error.js';
import { inspectConfig, loadConfig } from './load-config.js';
import type { Config, Environment } from './config.js';
import type { Variable } from './variable.js';

const depth: Variable<number> = {
  expects: 'a whole number',
  read: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
};
const origins: Variable<string[]> = { expects: 'origins', read: (text) => text.split(',') };

describe('config/<environment>.yaml', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runtime-config-'));
    mkdirSync(join(folder, 'config'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const needs = () => ({
    port: 50051,
    databaseFile: 'users.db',
    events: true,
    upstreams: ['user-service'],
    variables: { QUERY_MAX_DEPTH: depth, CORS_ORIGINS: origins },
    folder,
  });
  const load = (yaml: string, env: Environment = {}): Config => {
    writeFileSync(join(folder, 'config/test.yaml'), yaml);
    const environment = { NODE_ENV: 'test', AUTH: 'optional', USER_SERVICE_URL: 'users:50051', ...env };
    return loadConfig(environment, needs());
  };
  const problems = (yaml: string, env?: Environment): string[] => {
    try {
      load(yaml, env);
    } catch (error) {
      expect(error).toBeInstanceOf(StartupError);
      return (error as StartupError).message.split('; config/').map((text) => text.replace(/^config\//, ''));
    }
    return [];
  };

  it('sets what no variable sets, with any nesting', () => {
    const yaml = `
logLevel: warn
port: 1
userService:
  url: elsewhere:1
query: { maxDepth: 7 }
cors:
  origins: [https://a.example, https://b.example]
KAFKA_BROKERS: # nothing, so the default
`;
    const config = load(yaml, { USER_SERVICE_URL: '', PORT: '4000', LOG_LEVEL: '' });
    expect(config).toMatchObject({ logLevel: 'warn', port: 4000, brokers: ['127.0.0.1:9092'] });
    expect(config.upstreams.get('user-service')).toBe('elsewhere:1');
    expect(config.own).toEqual({
      QUERY_MAX_DEPTH: 7,
      CORS_ORIGINS: ['https://a.example', 'https://b.example'],
    });
  });

  it('is chosen by the environment, and may be missing or empty', () => {
    writeFileSync(join(folder, 'config/production.yaml'), 'logLevel: nonsense');
    expect(load('# nothing yet\n\n  # at all\n').logLevel).toBe('info');
    rmSync(join(folder, 'config'), { recursive: true });
    expect(loadConfig({ NODE_ENV: 'test', AUTH: 'optional', USER_SERVICE_URL: 'u:1' }, needs()).port).toBe(
      50051,
    );
  });

  it('reports all mistakes at once by location and key, along with those of the environment', () => {
    const yaml = `logLevel: loud
query:
  maxDepth: deep
  maxDepht: 5
querry: { maxDepth: 1 }
tracing: on
port: [[1]]
cors: { origins: a }
corsOrigins: b
`;
    expect(problems(yaml, { HEALTH_PORT: 'x' })).toEqual([
      'test.yaml:7:1 port must be text, a number, or a list of them',
      'test.yaml:9:1 corsOrigins is set twice; first at config/test.yaml:8:9 cors.origins',
      'test.yaml:4:3 query.maxDepht is not a setting of this service; did you mean query.maxDepth?',
      'test.yaml:5:11 querry.maxDepth is not a setting of this service; did you mean queryMaxDepth?',
      'test.yaml:6:1 tracing is not a setting of this service; HEALTH_PORT must be a port',
      'test.yaml:1:1 logLevel must be one of trace, debug, info, warn, error, fatal, silent',
      'test.yaml:3:3 query.maxDepth must be a whole number',
    ]);
  });

  it.each([
    ['a: 1\na: 2\n', /^test\.yaml:2:1 Map keys must be unique/],
    ['a: [1\nb: 2\n', /^test\.yaml:2:1 /],
    ['- a\n', /^test\.yaml:1:1 must be a mapping of settings$/],
    ['a: 1\n---\nb: 2\n', /^test\.yaml:2:1 Source contains multiple documents/],
  ])('with invalid YAML is refused with a location: %j', (yaml, problem) => {
    expect(problems(yaml)[0]).toMatch(problem);
  });

  it('must not contain secrets, and no message repeats one', () => {
    const yaml = `database: { url: 'postgres://app:hunter2@db/shop' }`;
    expect(problems(yaml)).toEqual([
      'test.yaml:1:13 database.url is a secret and does not belong in this file: set DATABASE_URL or DATABASE_URL_FILE',
    ]);
    expect(load(`database: { url: 'postgres://db/shop' }`).database).toMatchObject({ at: 'db:5432/shop' });
  });

  it('leaves secrets to mounted files', () => {
    const secret = join(folder, 'database-url');
    writeFileSync(secret, 'postgres://app:hunter2@db/shop\n');
    expect(load('', { DATABASE_URL_FILE: secret }).database).toMatchObject({ at: 'db:5432/shop' });
    writeFileSync(secret, 'mysql://app:hunter2@db/shop');
    expect(problems('', { DATABASE_URL_FILE: secret })).toEqual([
      'DATABASE_URL_FILE must be postgres://… or sqlite:<file>',
    ]);
    expect(problems('', { DATABASE_URL_FILE: '/no/such' })[0]).toMatch(
      /^DATABASE_URL_FILE cannot be read: ENOENT/,
    );
  });

  it('reports the source of each value', () => {
    writeFileSync(join(folder, 'config/test.yaml'), 'logLevel: warn\nport: 1\n');
    const { sources, file } = inspectConfig({ NODE_ENV: 'test', PORT: '2' }, needs());
    expect(file).toBe('config/test.yaml');
    expect(Object.fromEntries([...sources].map(([name, { from }]) => [name, from]))).toEqual({
      NODE_ENV: 'environment',
      LOG_LEVEL: 'configuration file',
      PORT: 'environment',
    });
  });
});
