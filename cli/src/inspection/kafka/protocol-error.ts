interface KafkaErrors {
  createErrorFromCode(code: number): Error;
}

/** The error that kafkajs throws for an error code of Kafka, with the words of the broker if it has any. */
export async function protocolError(code: number, message: string | null): Promise<Error> {
  // @ts-expect-error -- kafkajs has no types for its internals
  const { default: errors } = (await import('kafkajs/src/protocol/error.js')) as { default: KafkaErrors };
  const error = errors.createErrorFromCode(code);
  return message ? Object.assign(error, { message }) : error;
}
