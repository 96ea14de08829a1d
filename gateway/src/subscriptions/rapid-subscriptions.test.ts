import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { Gateway } from '../gateway.fixture.js';
import { TestBroker as Broker } from '../testing/test-broker.js';
import { bookStockUpdated } from '../library/upstreams.fixture.js';
import { eventually } from '../testing/test-subscriber.js';

const broker = new Broker();
const gateway = new Gateway();
const { library } = gateway;
const sockets: WebSocket[] = [];
let [first, second] = ['', ''];

beforeAll(async () => {
  await broker.start();
  await gateway.start('development', { KAFKA_BROKERS: broker.address });
  [first, second] = [library.addBook().id, library.addBook().id];
});
afterAll(async () => {
  await gateway.stop();
  await broker.remove();
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));

interface Message {
  readonly id: string;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads of every shape
  readonly payload?: any;
}

/** A raw socket, which may violate the protocol, and all messages that it received. */
async function open(): Promise<{ socket: WebSocket; messages: Message[]; send(message: object): void }> {
  const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  sockets.push(socket);
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Message));
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  send({ type: 'connection_init' });
  await eventually('the socket is accepted', () => messages.length > 0);
  messages.length = 0;
  return { socket, messages, send };
}

const subscribe = (id: string, bookId: string) => ({
  id,
  type: 'subscribe',
  payload: { query: `subscription { bookStockChanged(bookId: "${bookId}") { bookId stock } }` },
});
const complete = (id: string) => ({ id, type: 'complete' });
const publish = (bookId: string, stock: number) =>
  broker.publish(bookStockUpdated, bookId, { bookId, stock, change: 1 });

/** The number of event listeners in the whole gateway. */
async function listeners(): Promise<number> {
  const metrics = await (await fetch(gateway.healthUrl.replace(/\/health$/, '/metrics'))).text();
  return Number(/^event_listeners\{[^}]*\} (\d+)$/m.exec(metrics)?.[1]);
}

const nexts = (messages: Message[]) => messages.filter(({ type }) => type === 'next');

/** Publishes changes until one is received; then all earlier ones have arrived, too. */
async function untilReceived(messages: Message[], bookId: string): Promise<void> {
  let stock = 0;
  const received = () => nexts(messages).some(({ payload }) => payload.data.bookStockChanged.stock === stock);
  await eventually('a change is received', async () => {
    await publish(bookId, ++stock);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return received();
  });
}

describe('an id that is reused while its first subscription is being prepared', () => {
  it('receives only the events of its last subscription, once', async () => {
    const { messages, send } = await open();
    for (const message of [subscribe('1', first), complete('1'), subscribe('1', second)]) send(message);
    await untilReceived(messages, second);
    await publish(first, 77);
    messages.length = 0;
    await publish(second, 78);
    await eventually('it is received', () => nexts(messages).length > 0);
    await eventually('the outdated listener has ended', async () => (await listeners()) === 1);
    expect(messages).toEqual([
      { id: '1', type: 'next', payload: { data: { bookStockChanged: { bookId: second, stock: 78 } } } },
    ]);
    send(complete('1'));
    await eventually('there are no listeners', async () => (await listeners()) === 0);
  });

  it('500 times leaves one listener while the socket is open, and none after it', async () => {
    const { socket, messages, send } = await open();
    for (let n = 0; n < 500; n++) {
      send(subscribe('1', first));
      send(complete('1'));
    }
    await eventually('the subscription is accepted', async () => {
      messages.length = 0;
      send(subscribe('1', first));
      await eventually('it is refused or accepted', async () => messages.length + (await listeners()) > 0);
      return messages.length === 0;
    });
    await untilReceived(messages, first);
    await eventually('there is one listener', async () => (await listeners()) === 1);
    messages.length = 0;
    await publish(first, 1_000);
    await eventually('it is received', () => nexts(messages).length > 0);
    expect(nexts(messages)).toHaveLength(1);
    for (let n = 0; n < 500; n++) {
      send(complete('1'));
      send(subscribe('1', first));
    }
    socket.close();
    await once(socket, 'close');
    await eventually('there are no listeners', async () => (await listeners()) === 0);
  });

  it('counts each subscription that uses resources', async () => {
    const { messages, send } = await open();
    for (let n = 0; n < 60; n++) for (const message of [subscribe('1', first), complete('1')]) send(message);
    send(subscribe('1', first));
    await eventually('it is refused', () => messages.length > 0);
    const refusal = { id: '1', type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] };
    // On a slow machine more than one is refused before the first is read.
    for (const message of messages) expect(message).toMatchObject(refusal);
  });

  it('is refused while its subscription is active', async () => {
    const { socket, send } = await open();
    send(subscribe('1', first));
    send(subscribe('1', second));
    expect((await once(socket, 'close'))[0]).toBe(4409);
    await eventually('there are no listeners', async () => (await listeners()) === 0);
  });
});

it('a client that sends without reading is disconnected before its responses fill the memory', async () => {
  const { socket } = await open();
  socket.pause();
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(60_000) } });
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  let sent = 0;
  await eventually('it is disconnected', async () => {
    sent += ping.length;
    if (socket.readyState === socket.OPEN) await new Promise((resolve) => socket.send(ping, resolve));
    return (socket as unknown as { _socket?: { destroyed: boolean } })._socket?.destroyed ?? true;
  });
  await closed;
  expect(sent).toBeLessThan(64 * 1024 * 1024);
}, 60_000);
