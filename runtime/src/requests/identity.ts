/** The user on whose behalf a request is made. */
export interface Principal {
  /** The id of the user. */
  readonly id: string;
  readonly roles: readonly string[];
}

/** A principal, with the access token that also proves it to other services. */
export interface Identity {
  readonly principal: Principal;
  readonly token: string;
  readonly expiresAt: Date;
  /** The session that the token belongs to, and ends with. */
  readonly sessionId?: string;
}
