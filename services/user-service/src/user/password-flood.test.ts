import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Upstream } from '@msx/runtime';
import { TestKeys, TestProcess } from '@msx/runtime/testing';
import { UserServiceService as rpc } from '../gen/user.js';

/** More concurrent sign-ins than a machine can hash before callers time out. */
const FLOOD = 200;

/** Long enough for any machine: some calls must be refused at once rather than time out. */
const DEADLINE_MS = 100_000;

let service: TestProcess;
beforeAll(async () => {
  const { variables } = new TestKeys();
  service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url), variables);
});
afterAll(async () => void (await service.stop()));

it('a flood of sign-ins is answered, and does not open the circuit breaker', async () => {
  const { port } = service.logs.find(({ msg }) => msg === 'Listening') as { port: number };
  const users = new Upstream(rpc, 'shop.user.v1.UserService', `127.0.0.1:${port}`);
  try {
    const attempts = Array.from({ length: FLOOD }, (_, n) =>
      users
        .call('login', { email: `${n}@example.com`, password: 'password1' }, { deadline: DEADLINE_MS })
        .catch((error: unknown) => error),
    );
    const reasons = (await Promise.all(attempts)).map((error) => (error as { reason: string }).reason);
    expect(new Set(reasons)).toEqual(new Set(['INVALID_CREDENTIALS', 'RATE_LIMITED']));
    expect(users.circuit).toBe('closed');
    expect(reasons.filter((reason) => reason === 'RATE_LIMITED').length).toBeGreaterThan(FLOOD / 2);
  } finally {
    users.close();
  }
}, 120_000);
