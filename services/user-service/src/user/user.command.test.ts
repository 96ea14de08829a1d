import { createDatabase, serviceProgram, type TestDatabase, TestKeys } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

const main = serviceProgram(new URL('../../dist/main.js', import.meta.url));

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

  it('creates an admin', () => {
    const first = run([...createAdmin, '--json']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({
      email: 'root@example.com',
      roles: ['customer', 'admin'],
    });
    expect(run(createAdmin.with(2, 'second@example.com')).stdout).toMatch(
      /^created the admin second@example\.com/,
    );
  });

  it('refuses an address that is taken, unless --promote is given', () => {
    const taken = createAdmin.with(2, 'Taken@example.com');
    expect(run(taken).status).toBe(0);
    const { status, stdout } = run(taken, 'another password');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'EMAIL_TAKEN' });
    expect(stdout).toContain('--promote');
    expect(run([...taken, '--promote'], 'another password').stdout).toMatch(
      /^taken@example\.com is an admin now .*, with the new name and password; sessions ended: 0$/m,
    );
    expect(JSON.parse(run([...taken, '--promote', '--json']).stdout)).toMatchObject({ sessionsEnded: 0 });
  });

  it.each([
    ['CONFIG_INVALID', ['create-admin', '--email', 'a@example.com'], 'password123'],
    ['CONFIG_INVALID', ['delete-everyone'], ''],
    ['USER_NOT_FOUND', [...createAdmin.with(2, 'nobody@example.com'), '--promote'], 'password123'],
    ['VALIDATION_FAILED', createAdmin.with(2, 'nobody'), 'password123'],
    ['VALIDATION_FAILED', createAdmin.with(2, 'new@example.com'), 'short'],
  ])('exits with 1 and %s for %j', (code, args, input) => {
    const { status, stdout } = run(args, input);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ level: 'fatal', code });
    expect(stdout).not.toContain('password123');
  });
});
