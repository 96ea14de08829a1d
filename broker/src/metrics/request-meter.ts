import { registry } from '../apis/registry.js';
import type { FrameHandler } from '../server/connection.js';

export interface ApiCounts {
  requests: number;
  bytesIn: number;
  bytesOut: number;
}

const names = new Map(registry.map(({ api }) => [api.key, api.name]));

/** Counts requests by API, and clients. There is one entry for each API that is served, and one for all others. */
export class RequestMeter {
  private readonly counts = new Map<string, ApiCounts>();
  private readonly clients = new Set<AbortSignal>();

  /** A handler that counts what another one answers. */
  counting({ maxFrame, answer }: FrameHandler): FrameHandler {
    return {
      maxFrame,
      answer: async (frame, peer) => {
        this.meet(peer.signal);
        const counts = this.of(frame.length < 2 ? -1 : frame.readInt16BE(0));
        counts.requests++;
        counts.bytesIn += frame.length;
        const chunks = await answer(frame, peer);
        for (const chunk of chunks ?? []) counts.bytesOut += chunk.length;
        return chunks;
      },
    };
  }

  /** The open connections that have sent a request. */
  get connections(): number {
    return this.clients.size;
  }

  byApi(): [api: string, counts: Readonly<ApiCounts>][] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private of(apiKey: number): ApiCounts {
    const name = names.get(apiKey) ?? 'unknown';
    const counts = this.counts.get(name) ?? { requests: 0, bytesIn: 0, bytesOut: 0 };
    this.counts.set(name, counts);
    return counts;
  }

  /** The signal of a connection stays the same, and is aborted when it closes. */
  private meet(connection: AbortSignal): void {
    if (this.clients.has(connection) || connection.aborted) return;
    this.clients.add(connection);
    connection.addEventListener('abort', () => this.clients.delete(connection), { once: true });
  }
}
