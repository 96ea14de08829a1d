import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;

/**
 * Opens a log for appending, readable by nobody else. In a folder that everyone may write to, another user could have
 * placed a link, a pipe or a file of their own: none of these is opened. Throws an errno error.
 */
export function openLog(file: string, flags = 0): number {
  const fd = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | flags, 0o600);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.nlink > 1) throw refusal(file, 'is not a plain file');
    if (stat.uid !== process.getuid!()) throw refusal(file, 'belongs to another user');
    if ((stat.mode & 0o777) !== 0o600) fchmodSync(fd, 0o600);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

const refusal = (file: string, why: string) => Object.assign(new Error(`${file} ${why}`), { code: 'EACCES' });
