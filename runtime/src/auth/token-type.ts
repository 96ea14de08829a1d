/** The `typ` of an access token (RFC 9068, 2.1): no other JWT signed with the same key is accepted as one. */
export const TOKEN_TYPE = 'at+jwt';

/** The claims that the issuer writes and the verifiers require. */
export interface TokenTerms {
  readonly issuer: string;
  readonly audience: string;
}
