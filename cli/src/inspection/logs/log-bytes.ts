import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { MsxError } from '../../terminal/errors/msx-error.js';

/** How much a service has written since its log was created, before the content of a file. */
interface Cut {
  bytes: number;
  lines: number;
}

interface Part {
  fd: number;
  inode: number;
  cut: Cut;
  /** Length in bytes of the first line, which records where the log was cut. */
  head: number;
  /** Size in bytes without the head. */
  size: number;
}

/** The first line of a file, written by drivers/process/cut-log.ts. */
const HEAD = /^\{"cut":\{"bytes":(\d+),"lines":(\d+)\}.*\n/;
const HEAD_BYTES = 512;
const FINGERPRINT_BYTES = 128;
/** A log may be cut between the moments in which its files are opened. */
const CUT_RETRIES = { polls: 25, pollMs: 2 };
const EMPTY = Buffer.alloc(0);
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Everything a service has written that is still kept: the log and the part that was cut from it, read as one. Offsets
 * count all bytes that were ever written, so that they stay valid however often the log is cut.
 */
export class LogBytes {
  private constructor(
    private readonly file: string,
    private current: Part,
    private older: Part | undefined,
  ) {}

  /** @returns undefined if the file does not exist. Does not follow links: others may write to the folder. Throws LOG_UNREADABLE */
  static open(file: string): LogBytes | undefined {
    const parts = openParts(file);
    return parts && new LogBytes(file, parts.current, parts.older);
  }

  get begin(): Cut {
    return (this.older ?? this.current).cut;
  }

  /** The end of the log when it was opened. */
  get end(): number {
    return this.current.cut.bytes + this.current.size;
  }

  /** Changes when the log was replaced or does not continue where it was. */
  get identity(): { inode: number; cutAt: number; head: Buffer } {
    const { fd, inode, cut, size, head } = this.current;
    return { inode, cutAt: cut.bytes, head: readAt(fd, 0, Math.min(head + size, FINGERPRINT_BYTES)) };
  }

  /** The lowest offset that a single read up to this one can start at. */
  startBefore(place: number): number {
    const { bytes } = this.current.cut;
    return place > bytes ? bytes : this.begin.bytes;
  }

  /** Reads fewer bytes at the end of a file, and none of what is no longer kept. */
  read(place: number, length: number): Buffer {
    for (;;) {
      const part = this.older && place < this.current.cut.bytes ? this.older : this.current;
      const from = place - part.cut.bytes;
      if (from < 0) return EMPTY;
      const bytes = readAt(part.fd, part.head + from, Math.min(length, part.size - from));
      if (part === this.older || !wasCut(part)) return bytes;
      this.#reopen();
    }
  }

  close(): void {
    closeSync(this.current.fd);
    if (this.older) closeSync(this.older.fd);
  }

  #reopen(): void {
    const parts = openParts(this.file);
    this.close();
    if (!parts) throw new MsxError('LOG_UNREADABLE', { file: this.file, reason: 'it was removed meanwhile' });
    Object.assign(this, parts);
  }
}

/**
 * While a log is cut, it has no content and not yet a head: what it had is in `.1`. After that its head says where it
 * continues. If its files disagree for longer, `.1` holds the end of what is still in the log.
 */
function openParts(file: string): { current: Part; older: Part | undefined } | undefined {
  for (let poll = 0; ; poll++) {
    const current = openPart(file);
    if (!current) return undefined;
    const isEmpty = current.head + current.size === 0;
    const older = isEmpty || current.head > 0 ? openPart(`${file}.1`) : undefined;
    if (!older) return { current, older };
    const olderEnd = older.cut.bytes + older.size;
    if (isEmpty) return { current: { ...current, cut: { ...current.cut, bytes: olderEnd } }, older };
    if (olderEnd === current.cut.bytes) return { current, older };
    closeSync(older.fd);
    if (poll === CUT_RETRIES.polls) return { current, older: undefined };
    closeSync(current.fd);
    Atomics.wait(sleeper, 0, 0, CUT_RETRIES.pollMs);
  }
}

function openPart(file: string): Part | undefined {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const fd = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = fstatSync(fd);
    if (stat.isFile()) return { fd, inode: stat.ino, ...contentOf(fd) };
    closeSync(fd);
    throw Object.assign(new Error('it is not a plain file'), { code: undefined });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new MsxError('LOG_UNREADABLE', { file, reason: code ?? message }, { cause: error });
  }
}

/** A log that is cut between looking at its size and reading its head would seem to be a new one of the old size. */
function contentOf(fd: number): Pick<Part, 'cut' | 'head' | 'size'> {
  for (;;) {
    const { size } = fstatSync(fd);
    const [head = '', bytes = 0, lines = 0] = HEAD.exec(readAt(fd, 0, HEAD_BYTES).toString('latin1')) ?? [];
    if (fstatSync(fd).size < size) continue;
    return {
      cut: { bytes: Number(bytes), lines: Number(lines) },
      head: head.length,
      size: Math.max(0, size - head.length),
    };
  }
}

/** If so, the bytes that were read may belong to a later offset. */
function wasCut({ fd, cut, head, size }: Part): boolean {
  const now = contentOf(fd);
  if (now.head !== head || now.size < size) return true;
  return head > 0 && now.cut.bytes !== cut.bytes;
}

function readAt(fd: number, place: number, length: number): Buffer {
  if (length <= 0) return EMPTY;
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, place));
}
