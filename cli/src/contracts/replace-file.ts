import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Writes a file as a whole, or leaves it as it was; its mode stays. */
export function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeFileSync(fresh, text, { mode: statSync(file).mode });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}
