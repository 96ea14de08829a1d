/** The `typ` of an access token (RFC 9068, 2.1): no other JWT signed with the same key passes for one. */
export const TOKEN_TYPE = 'at+jwt';

/** What issuer and verifiers of tokens agree on. */
export interface TokenTerms {
  readonly issuer: string;
  readonly audience: string;
}
