import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
type Message = any;

/** One subscription, and what came of it. */
export class Heard {
  readonly data: Message[] = [];
  readonly errors: Message[] = [];
  done = false;
  stop: () => void = () => undefined;

  get codes(): string[] {
    return this.errors.map(({ extensions }) => extensions?.code as string);
  }
}

/** A client of graphql-transport-ws that never tries again. */
export class Subscriber {
  readonly client: Client;
  closed?: { code: number; reason: string };
  acknowledged?: Message;

  constructor(url: string, authorization?: string, headers: Record<string, string> = {}) {
    class Socket extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers });
      }
    }
    this.client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: Socket,
      lazy: true,
      retryAttempts: 0,
      connectionParams: authorization === undefined ? {} : { authorization },
      on: {
        connected: (_socket, payload) => (this.acknowledged = payload),
        closed: (event) => (this.closed = event as { code: number; reason: string }),
      },
    });
  }

  subscribe(query: string, variables: Record<string, unknown> = {}): Heard {
    const heard = new Heard();
    heard.stop = this.client.subscribe<Message>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (data) heard.data.push(data);
          heard.errors.push(...(errors ?? []));
        },
        error: (error) => {
          if (Array.isArray(error)) heard.errors.push(...(error as Message[]));
          heard.done = true;
        },
        complete: () => (heard.done = true),
      },
    );
    return heard;
  }

  async stop(): Promise<void> {
    await this.client.dispose();
  }
}

/** Polls a condition; rejects, naming it, when it has not come true in time. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 100_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
