/**
 * Whether a page of this origin may open a socket: a page of the gateway's own host, or of an allowed origin. Browsers send no
 * preflight request for WebSockets, so this replaces CORS; other programs send no origin.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
