import { closeSync, fstatSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openLog } from './log-file.js';
import { createLink } from './log-link.js';
import type { Exit } from '../../engine/resource.js';
import type { RunLog } from '../../engine/spec.js';

type Refusal = NonNullable<Exit['reason']>;
type Opened = { fd: number; size: number; close: () => void } | { refusal: Refusal };

/** Enough space for the log of a start. */
const SAMPLE_BYTES = 64 * 1024;

/** Opens the log of a run for the process itself to write to, so that no line is lost if the engine crashes. */
export function openRunLog({ log: file, logLink }: RunLog, flags = 0): Opened {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const fd = openLog(file, flags);
    const full = fullDisk(file);
    if (full) return (closeSync(fd), { refusal: full });
    if (logLink) createLink(logLink, file);
    return { fd, size: fstatSync(fd).size, close: () => closeSync(fd) };
  } catch (error) {
    return { refusal: refusalOf(file, error as NodeJS.ErrnoException) };
  }
}

/** A process that cannot write its log fails silently. Detected by writing a sample, which also covers quotas. */
export function fullDisk(file: string): Refusal | undefined {
  const sample = `${file}.${process.pid}`;
  try {
    writeFileSync(sample, Buffer.alloc(SAMPLE_BYTES), { mode: 0o600 });
    return undefined;
  } catch (error) {
    return isFull(error as NodeJS.ErrnoException)
      ? refusalOf(file, error as NodeJS.ErrnoException)
      : undefined;
  } finally {
    rmSync(sample, { force: true });
  }
}

const isFull = ({ code }: NodeJS.ErrnoException) => code === 'ENOSPC' || code === 'EDQUOT';

function refusalOf(file: string, error: NodeJS.ErrnoException): Refusal {
  const { message } = error;
  if (isFull(error)) {
    const { bavail, bsize } = statfsSync(dirname(file));
    return {
      code: 'DISK_FULL',
      message: `no space is left for ${file}`,
      facts: { file, free: bavail * bsize },
    };
  }
  return { code: 'LOG_DIR_UNWRITABLE', message, facts: { directory: dirname(file), reason: message } };
}
