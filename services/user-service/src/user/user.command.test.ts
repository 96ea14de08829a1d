import { createDatabase, type TestDatabase, TestKeys } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

describe('users create-admin', () => {
  let database: TestDatabase;
  const { variables } = new TestKeys();
  beforeAll(async () => void (database = await createDatabase('sqlite')));
  afterAll(() => database.drop());

  const run = (args: string[], input = 'password123\n') =>
    spawnSync(process.execPath, [main, 'users', ...args], {
      env: {
        ...process.env,
        ...variables,
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        KAFKA_BROKERS: '127.0.0.1:1',
      },
      input,
      encoding: 'utf8',
    });
  const createAdmin = ['create-admin', '--email', 'root@example.com', '--name', 'Root', '--password-stdin'];

  it('makes an admin, once', () => {
    const first = run([...createAdmin, '--json']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const admin = JSON.parse(first.stdout) as unknown;
    expect(admin).toMatchObject({ email: 'root@example.com', roles: ['customer', 'admin'] });
    expect(JSON.parse(run([...createAdmin, '--json']).stdout)).toEqual(admin);
    expect(run(createAdmin).stdout).toMatch(/^root@example.com is an admin now/);
  });

  it.each([
    ['CONFIG_INVALID', ['create-admin', '--email', 'a@example.com'], 'password123'],
    ['CONFIG_INVALID', ['delete-everyone'], ''],
    ['VALIDATION_FAILED', createAdmin.with(2, 'nobody'), 'password123'],
    ['VALIDATION_FAILED', createAdmin.with(2, 'new@example.com'), 'short'],
  ])('ends with 1 and %s for %j', (code, args, input) => {
    const { status, stdout } = run(args, input);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ level: 'fatal', code });
    expect(stdout).not.toContain('password123');
  });
});
