import { Hangup } from '../apis/handler.js';

/** A failed authentication: its response is sent before the connection is closed. */
export class Refusal extends Hangup {
  override name = 'Refusal';

  constructor(
    reason: string,
    readonly response: Buffer[] | undefined,
  ) {
    super(reason);
  }
}
