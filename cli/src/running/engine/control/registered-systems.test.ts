import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itWhere } from '../../../../../checks/skipping.fixture.js';
import { withEnvironment } from '../../../with-environment.fixture.js';
import { identityOf } from '../../processes/process-table.js';
import { registerSystem, registeredSystems, registrationOf, unregisterSystem } from './registered-systems.js';

const ANOTHER_USER = 65_534;
const asRoot = itWhere(process.getuid!() === 0, 'only root can make files of another user');
const engine = identityOf(process.pid)!;

let root: string;
let sockets: string;
const inSockets = <T>(work: () => T) =>
  withEnvironment({ MSX_RUNTIME_DIR: sockets }, () => Promise.resolve(work()));
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-registered-')));
  sockets = mkdtempSync(join(tmpdir(), 'msx-sockets-'));
});
afterEach(() => [root, sockets].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('the registered systems', () => {
  it('are none before anything was started', async () => {
    rmSync(sockets, { recursive: true });
    expect(await inSockets(registeredSystems)).toEqual([]);
  });

  it('have the folder that their engine is in, or was in when it was killed', async () => {
    const killed = { ...engine, startTime: 'earlier' };
    await inSockets(() => registerSystem({ name: 'toys', root, engine: killed }));
    expect(await inSockets(registeredSystems)).toMatchObject([{ name: 'toys', root, engine: killed }]);
    await inSockets(() => registerSystem({ name: 'toys', root, engine }));
    expect(await inSockets(registeredSystems)).toMatchObject([{ root: process.cwd(), engine }]);
    await inSockets(() => unregisterSystem(registrationOf(root)));
    expect(await inSockets(registeredSystems)).toEqual([]);
  });

  it.each(['', '{', 'null', '{"root":1}'])('leave out the damaged record %j', async (text) => {
    writeFileSync(join(sockets, 'a.system.json'), text);
    expect(await inSockets(registeredSystems)).toEqual([]);
  });

  asRoot('leave out the record of another user, and refuse the folder of one', async () => {
    await inSockets(() => registerSystem({ name: 'toys', root, engine }));
    const record = join(sockets, 'b.system.json');
    writeFileSync(record, JSON.stringify({ name: 'a', root: '/tmp', engine, token: 'b.', socket: '/tmp/s' }));
    chownSync(record, ANOTHER_USER, ANOTHER_USER);
    expect(await inSockets(registeredSystems)).toHaveLength(1);
    rmSync(sockets, { recursive: true });
    mkdirSync(sockets);
    chmodSync(sockets, 0o777);
    chownSync(sockets, ANOTHER_USER, ANOTHER_USER);
    await expect(inSockets(registeredSystems)).rejects.toMatchObject({ code: 'SOCKET_FOLDER_UNUSABLE' });
  });
});
