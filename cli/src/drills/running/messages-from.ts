/** A list as a source of messages to produce. */
export async function* messagesFrom<T>(messages: readonly T[]): AsyncGenerator<T> {
  yield* messages;
}
