import type { Call, ChildMessage, ChildOptions } from './child-message.js';
import type { Backend, Endpoints } from './local-kafka.js';
import { startInProcess } from './start-in-process.js';

/** The entry point of a broker that a test runs in a process of its own. It ends when its parent does. */
const send = (message: ChildMessage): void => {
  if (process.connected) process.send!(message);
};

let backend: Backend | undefined;

const start = async (options: ChildOptions): Promise<Endpoints> => {
  backend = await startInProcess({
    ...options,
    log: (...line) => send({ kind: 'log', line }),
  });
  const { host, port, listeners, certificate } = backend;
  return { host, port, listeners, ...(certificate !== undefined && { certificate }) };
};

const perform = async ({ operation, args }: Call): Promise<unknown> => {
  if (operation === 'start') return start(args[0] as ChildOptions);
  if (operation === 'stop') return backend?.stop();
  if (operation === 'exchange') return backend!.exchange(Buffer.from(args[0] as Uint8Array));
  return (backend!.faults[operation] as (...args: readonly unknown[]) => Promise<void>)(...args);
};

process.on('message', (call: Call) => {
  perform(call).then(
    (value) => send({ kind: 'result', id: call.id, value }),
    ({ name, message, code }: NodeJS.ErrnoException) =>
      send({ kind: 'failure', id: call.id, error: { name, message, ...(code && { code }) } }),
  );
});

process.on('disconnect', () => {
  void Promise.resolve(backend?.stop()).finally(() => process.exit(0));
});
// The terminal sends Ctrl-C to all of its processes; the parent decides when this one ends.
process.on('SIGINT', () => {});
