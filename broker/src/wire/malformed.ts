/** The bytes a client sent are not the message they claim to be; the connection cannot be trusted any further. */
export class Malformed extends Error {
  override name = 'Malformed';
}
