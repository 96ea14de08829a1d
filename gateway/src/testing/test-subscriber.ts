import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses of every shape
type Message = any;

/** Everything that one subscription received. */
export class SubscriptionLog {
  readonly data: Message[] = [];
  readonly errors: Message[] = [];
  done = false;
  stop: () => void = () => undefined;

  get codes(): string[] {
    return this.errors.map(({ extensions }) => extensions?.code as string);
  }
}

/** A client of graphql-transport-ws that does not reconnect. */
export class TestSubscriber {
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

  subscribe(query: string, variables: Record<string, unknown> = {}): SubscriptionLog {
    const log = new SubscriptionLog();
    log.stop = this.client.subscribe<Message>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (data) log.data.push(data);
          log.errors.push(...(errors ?? []));
        },
        error: (error) => {
          if (Array.isArray(error)) log.errors.push(...(error as Message[]));
          log.done = true;
        },
        complete: () => (log.done = true),
      },
    );
    return log;
  }

  async stop(): Promise<void> {
    await this.client.dispose();
  }
}

/** Polls a condition; rejects with its name if it does not become true in time. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 100_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
