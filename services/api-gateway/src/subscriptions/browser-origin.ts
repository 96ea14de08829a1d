/**
 * Whether a page of this origin may open a socket: one of the gateway's own host, or one that may call it. No browser asks
 * before it opens one, so this takes the place of CORS; programs send no origin.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
