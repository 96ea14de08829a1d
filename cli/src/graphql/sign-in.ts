import { askGateway, demandNoErrors } from './ask-gateway.js';
import type { Asking } from './ask-gateway.js';

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

/** Throws GRAPHQL_ERRORS when the gateway does not let them in. */
export async function signIn({ email, password }: Credentials, asking: Asking): Promise<SignedIn> {
  const answer = await askGateway({ query: LOGIN, variables: { email, password } }, asking);
  demandNoErrors(answer);
  const { accessToken, refreshToken } = (answer.data as { login: Record<string, string> }).login;
  const signOut = async () => {
    await askGateway({ query: LOGOUT, variables: { token: refreshToken } }, asking);
  };
  return { accessToken: accessToken!, signOut };
}
