import * as zlib from 'node:zlib';
import { promisify } from 'node:util';
import type kafkajs from 'kafkajs';

type Kafkajs = typeof kafkajs;
type Transform = (bytes: Buffer) => Promise<Buffer>;
type Zstd = Partial<Record<'zstdCompress' | 'zstdDecompress', typeof zlib.gunzip>>;

/** kafkajs itself reads only gzip. Node 22.15 and later have zstd, too; nothing here reads snappy and lz4. */
export function registerCodecs({ CompressionCodecs, CompressionTypes }: Kafkajs): void {
  const { zstdCompress, zstdDecompress } = zlib as Zstd;
  if (!zstdCompress || !zstdDecompress) return;
  const compress = promisify(zstdCompress) as Transform;
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compress(buffer),
    decompress: promisify(zstdDecompress) as Transform,
  });
}
