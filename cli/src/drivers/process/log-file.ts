import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/** A log is cut when it has grown beyond `most`; `kept` of it goes on in `<file>.1`. */
const BYTES = { most: 10 * 1024 * 1024, kept: 5 * 1024 * 1024 };
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR, O_TRUNC } = constants;

/**
 * Opens a log to append to, readable by nobody else. In a folder that everyone may write to, another user could
 * have laid a link, a pipe or a file of his own in its place: none of these is opened. Throws an errno error.
 */
export function openLog(file: string, flags = 0): number {
  const fd = openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | flags, 0o600);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.nlink > 1) throw refusal(file, 'is no plain file');
    if (stat.uid !== process.getuid!()) throw refusal(file, 'belongs to another user');
    if ((stat.mode & 0o777) !== 0o600) fchmodSync(fd, 0o600);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

const refusal = (file: string, why: string) => Object.assign(new Error(`${file} ${why}`), { code: 'EACCES' });

/** Keeps a log within bounds by copying and emptying it, so that whoever writes to it or follows it goes on. */
export function boundLog(file: string): void {
  const log = openLog(file);
  try {
    const { size } = fstatSync(log);
    if (size <= BYTES.most) return;
    const kept = Buffer.alloc(BYTES.kept);
    const length = readSync(log, kept, 0, kept.length, size - kept.length);
    ftruncateSync(log);
    const previous = openLog(`${file}.1`, O_TRUNC);
    writeSync(previous, kept, 0, length);
    closeSync(previous);
  } finally {
    closeSync(log);
  }
}
