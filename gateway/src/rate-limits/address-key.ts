/**
 * The rate-limit key of an address: an IPv4 address itself, but the /64 network of an IPv6 address, since a single subscriber
 * gets at least that (RFC 6177) and may choose any address from it.
 */
export function addressKey(address: string): string {
  const [plain] = address.split('%');
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain!) ?? [];
  if (mapped) return mapped;
  return plain!.includes(':') ? `${networkOf(plain!)}::/64` : plain!;
}

/** The first four groups, with the zeros of `::` expanded. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text ? text.split(':') : []);
  const first = groups(head);
  const missing = tail === undefined ? 0 : 8 - first.length - groups(tail).length;
  const all = [...first, ...Array<string>(missing).fill('0'), ...groups(tail ?? '')];
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
