import { Gateway } from '../gateway.fixture.js';

/** The parts of an HTTP response that must be equal; request ids are masked. */
export interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly cache: string | null;
  readonly body: unknown;
}

export interface HttpRequest extends RequestInit {
  /** The query string of the URL, with its question mark. */
  readonly search?: string;
}

/** Two gateways, one on each engine, in front of the same services. */
export class Engines {
  readonly compiled = new Gateway();
  readonly apollo = new Gateway();

  async start(variables: Record<string, string> = {}): Promise<void> {
    await this.compiled.start('development', { ...variables, GRAPHQL_ENGINE: 'compiled' });
    const { keys, urls } = this.compiled.library;
    const same = { ...keys.variables, AUTH: 'optional', ...urls, ...variables };
    await this.apollo.start('development', { ...same, GRAPHQL_ENGINE: 'apollo' });
  }

  async stop(): Promise<void> {
    await Promise.all([this.compiled.stop(), this.apollo.stop()]);
  }

  /** Sends a request to both. */
  async sendToBoth(request: HttpRequest): Promise<{ compiled: Reply; apollo: Reply }> {
    const [compiled, apollo] = await Promise.all([
      send(this.compiled.url, request),
      send(this.apollo.url, request),
    ]);
    return { compiled, apollo };
  }
}

export async function send(url: string, { search = '', ...init }: HttpRequest): Promise<Reply> {
  const response = await fetch(url + search, init);
  const text = (await response.text()).replace(/"requestId":"[^"]*"/g, '"requestId":"…"');
  const { status, headers } = response;
  return {
    status,
    type: headers.get('content-type'),
    cache: headers.get('cache-control'),
    body: parsed(text),
  };
}

/** A body that is not JSON is returned as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
