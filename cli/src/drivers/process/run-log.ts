import { closeSync, fstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openLog } from './log-file.js';
import type { Exit } from '../../engine/resource.js';

type Opened = { fd: number; size: number; close: () => void } | { refusal: NonNullable<Exit['reason']> };

/** The log of a run, opened for the process itself to write to, so that no crash of ours loses a line. */
export function openRunLog(file: string, flags = 0): Opened {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const fd = openLog(file, flags);
    return { fd, size: fstatSync(fd).size, close: () => closeSync(fd) };
  } catch (error) {
    return { refusal: refusalOf(file, error as NodeJS.ErrnoException) };
  }
}

function refusalOf(file: string, { code, message }: NodeJS.ErrnoException): NonNullable<Exit['reason']> {
  if (code === 'ENOSPC') return { code: 'DISK_FULL', message, facts: { file } };
  return { code: 'LOG_DIR_UNWRITABLE', message, facts: { directory: dirname(file), reason: message } };
}
