/** What all connections together hold of responses that their clients have not read yet, as far as it can be chosen. */
const LIMIT_BYTES = 64 << 20;
/** A response gets this part of what is left, so that many slow readers never use up all of it. */
const SHARE = 1 / 4;

/** Bounds the memory for responses to slow readers: the more of it is used, the smaller are further Fetch responses. */
export class SendBudget {
  private held = 0;

  /** The largest response that a client may be given now. */
  room(): number {
    return Math.floor(Math.max(0, LIMIT_BYTES - this.held) * SHARE);
  }

  /** Counts a response until the returned function is called. */
  hold(bytes: number): () => void {
    this.held += bytes;
    return () => {
      this.held -= bytes;
    };
  }
}
