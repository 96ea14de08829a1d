import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSocketFolder, socketFolder } from './socket-path.js';

describe('the folder of the sockets', () => {
  const parent = mkdtempSync(join(tmpdir(), 'msx-sockets-'));
  afterAll(() => rmSync(parent, { recursive: true }));
  const temporary = join(tmpdir(), `msx-${process.getuid!()}`);

  it('is MSX_RUNTIME_DIR, else a folder of the user, else a temporary one', () => {
    const env = { XDG_RUNTIME_DIR: parent };
    expect(socketFolder({ ...env, MSX_RUNTIME_DIR: join(parent, 'mine') })).toBe(join(parent, 'mine'));
    expect(socketFolder(env)).toBe(join(parent, 'msx'));
    expect(socketFolder({})).toBe(temporary);
    expect(socketFolder({ XDG_RUNTIME_DIR: join(parent, 'missing') })).toBe(temporary);
    expect(socketFolder({ XDG_RUNTIME_DIR: '/etc/hostname' })).toBe(temporary);
  });

  it('is accessible to its owner only, or it is refused', () => {
    const open = join(parent, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    makeSocketFolder(open);
    expect(statSync(open).mode & 0o777).toBe(0o700);
    writeFileSync(join(parent, 'file'), '');
    expect(() => makeSocketFolder(join(parent, 'file'))).toThrow(
      expect.objectContaining({ code: 'SOCKET_FOLDER_UNUSABLE' }),
    );
  });
});
