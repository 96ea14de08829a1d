import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { jestPackage } from './jest-package.js';

const { mergeProcessCovs } = jestPackage('@jest/reporters', '@bcoe/v8-coverage');
const v8ToIstanbul = jestPackage('@jest/reporters', 'v8-to-istanbul');

const LOOK_MS = 500;

/**
 * What processes ran, as Node records it with NODE_V8_COVERAGE: a file of megabytes for each of them, of which little
 * is ours. Each is read and removed soon after its process has ended, or they would fill the disk.
 */
export class Recordings {
  #merged = { result: [] };
  #ours;
  #isOver = false;

  constructor(root, folder) {
    this.folder = folder;
    const base = pathToFileURL(root).href;
    this.#ours = (url) =>
      url.startsWith(`${base}/`) && url.includes('/dist/') && !url.includes('/node_modules/');
  }

  end() {
    this.#isOver = true;
  }

  /** Until the end. */
  async collect() {
    while (!this.#isOver) {
      this.take();
      await pause(LOOK_MS);
    }
    this.take();
  }

  take() {
    for (const file of readdirSync(this.folder).map((name) => join(this.folder, name))) {
      const recording = read(file);
      if (!recording) continue;
      const result = recording.result.filter(({ url }) => this.#ours(url));
      this.#merged = mergeProcessCovs([this.#merged, { result }]);
      rmSync(file);
    }
  }

  /** By source, as Jest has it of what ran in its own processes: through the maps beside the programs. */
  async bySource() {
    const all = [];
    for (const { url, functions } of this.#merged.result) {
      const converter = v8ToIstanbul(fileURLToPath(url));
      try {
        await converter.load();
        converter.applyCoverage(functions);
        all.push(converter.toIstanbul());
      } catch {
        // A program without a map, or that is gone: its source is not known.
      }
    }
    return all;
  }
}

/** Nothing while it is being written. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
