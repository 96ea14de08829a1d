/** The part of a protocol message that identifies its subscription. */
interface Message {
  readonly type?: unknown;
  readonly id?: unknown;
}

/** The start of an outgoing message of a subscription: graphql-ws writes these keys in this order. */
const MESSAGE_HEAD = /^\{"id":"(#\d+)","type":"(next|error|complete)"/;

/**
 * The subscriptions of one socket, each under a token of our own. A client may reuse an id while its first subscription is
 * still being prepared. graphql-ws identifies subscriptions by id alone and would confuse the two: the first would keep
 * listening forever, and its events would be sent under the id of its successor.
 */
export class OwnedSubscriptions {
  /** The token of the current subscription, by the client's id. */
  private readonly tokens = new Map<string, string>();
  /** The client's id of each subscription that still uses resources, completed or not, by token. */
  private readonly ids = new Map<string, string>();
  private last = 0;

  /** The number of subscriptions that use resources: from the subscribe message until all their work has ended. */
  get size(): number {
    return this.ids.size;
  }

  /**
   * Passes on a client's message with a token in place of the id.
   * @param handle resolves once all work for the message has ended
   * @returns false, without passing it on, if the id belongs to a subscription that has not ended
   */
  async take(text: string, handle: (text: string) => Promise<void>): Promise<boolean> {
    const message = parsed(text);
    const { type, id } = message;
    if (typeof id !== 'string' || !id) await handle(text);
    else if (type === 'subscribe') return this.begin({ ...message, id }, handle);
    else if (type === 'complete') await this.complete(id, handle);
    else await handle(text);
    return true;
  }

  /** The message for the client, under the client's id; undefined if the client has ended the subscription. */
  outgoing(text: string): string | undefined {
    const [head, token, type] = MESSAGE_HEAD.exec(text) ?? [];
    if (!head) return text;
    const id = this.ids.get(token!);
    if (id === undefined || this.tokens.get(id) !== token) return undefined;
    if (type !== 'next') this.tokens.delete(id);
    return `{"id":${JSON.stringify(id)},"type":"${type}"${text.slice(head.length)}`;
  }

  private async begin(message: Message & { id: string }, handle: Handle): Promise<boolean> {
    const { id } = message;
    if (this.tokens.has(id)) return false;
    const token = `#${++this.last}`;
    this.tokens.set(id, token);
    this.ids.set(token, id);
    try {
      await handle(JSON.stringify({ ...message, id: token }));
    } finally {
      this.ids.delete(token);
      if (this.tokens.get(id) === token) this.tokens.delete(id);
    }
    return true;
  }

  private async complete(id: string, handle: Handle): Promise<void> {
    const token = this.tokens.get(id);
    if (token === undefined) return;
    this.tokens.delete(id);
    await handle(JSON.stringify({ type: 'complete', id: token }));
  }
}

type Handle = (text: string) => Promise<void>;

/** Empty if it is not a message: graphql-ws reports the problem. */
function parsed(text: string): Message {
  try {
    return Object(JSON.parse(text)) as Message;
  } catch {
    return {};
  }
}
