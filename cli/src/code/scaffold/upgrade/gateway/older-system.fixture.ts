import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { baseFile, hashOf, LEDGER_FILE, packBase, parseLedger } from '../../../generate/ledger/ledger.js';

/**
 * A system created when gateways were in source form: `msx new garden-old --template empty --yes`, and then `msx
 * generate rpc item-service.Restock --input itemId:id,by:int! --output Item`; without packages and base texts, which
 * equal the files.
 */
const RECORDED = join(import.meta.dirname, 'system-with-a-gateway-of-sources.json.gz');

/** Writes it into a folder. */
export function writeOlderSystem(root: string): void {
  const files = JSON.parse(gunzipSync(readFileSync(RECORDED)).toString('utf8')) as Record<string, string>;
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  for (const [path, { hash }] of Object.entries(parseLedger(files[LEDGER_FILE]).files)) {
    if (hashOf(files[path]!) !== hash) throw new Error(`${path} was not recorded as msx wrote it`);
    write(baseFile(hash), packBase(files[path]!));
  }
}
