/** How often a long-running handler's membership is renewed; kafkajs sends a heartbeat only when one is due. */
const BEAT = 500;

/**
 * Works while keeping the place in the consumer group. That a heartbeat fails is told by the next one after the work,
 * which must not be interrupted: its transaction is committed or rolled back, never abandoned.
 */
export async function keepAlive<T>(heartbeat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void heartbeat().catch(() => undefined), BEAT);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
