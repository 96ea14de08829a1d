/** How often a heartbeat is requested during a long-running handler; kafkajs sends one only when it is due. */
const HEARTBEAT_INTERVAL_MS = 500;

/**
 * Runs `work` while keeping the membership in the consumer group. A failed heartbeat is ignored, because the work must
 * not be interrupted: its transaction is committed or rolled back, never abandoned. The next heartbeat reports it.
 */
export async function keepAlive<T>(heartbeat: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
