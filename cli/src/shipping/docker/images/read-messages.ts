import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { BuildMessage } from './build-progress.js';

/** Reads the messages of the engine about a build or a pull: JSON, one per line. Throws what `receive` throws. */
export async function readMessages(
  stream: Readable,
  receive: (message: BuildMessage) => void,
): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  const broken = new Promise<never>((_, reject) => stream.once('error', reject));
  const read = (async () => {
    for await (const line of lines) if (line.trim()) receive(JSON.parse(line) as BuildMessage);
  })();
  // The engine cancels the build when the stream is closed.
  await Promise.race([read, broken]).finally(() => stream.destroy());
}
