import { chmodSync, closeSync, lstatSync, openSync } from 'node:fs';

/** The suffixes of the files that SQLite keeps for a database. */
const SUFFIXES = ['', '-wal', '-shm'];

/** Restricts a database file to its owner, before its first byte is written; existing files are restricted, too. */
export function keepPrivate(file: string): void {
  if (file === ':memory:') return;
  closeSync(openSync(file, 'a', 0o600));
  for (const path of SUFFIXES.map((suffix) => file + suffix)) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.uid !== process.getuid?.()) continue;
    if ((stat.mode & 0o077) !== 0) chmodSync(path, 0o600);
  }
}
