import { queryGateway, throwOnErrors } from './query-gateway.js';
import type { GatewayRequestOptions } from './query-gateway.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface SignedIn {
  readonly accessToken: string;
  /** Ends the session. */
  signOut(): Promise<void>;
}

const LOGIN =
  'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { accessToken refreshToken } }';
const LOGOUT = 'mutation ($token: String!) { logout(refreshToken: $token) }';

/** Throws GRAPHQL_ERRORS if the gateway refuses the credentials. */
export async function signIn(
  { email, password }: Credentials,
  gateway: GatewayRequestOptions,
): Promise<SignedIn> {
  const answer = await queryGateway({ query: LOGIN, variables: { email, password } }, gateway);
  throwOnErrors(answer);
  const { accessToken, refreshToken } = (answer.data as { login: Record<string, string> }).login;
  const signOut = async () => {
    await queryGateway({ query: LOGOUT, variables: { token: refreshToken } }, gateway);
  };
  return { accessToken: accessToken!, signOut };
}
