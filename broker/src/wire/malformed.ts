/** The client sent an invalid message; the connection must be closed. */
export class Malformed extends Error {
  override name = 'Malformed';
}
