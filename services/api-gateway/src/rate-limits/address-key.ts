/**
 * Whom an address stands for: an IPv4 address for itself, an IPv6 address for its /64 network, since that is what a
 * single subscriber is given at least (RFC 6177) and may choose addresses from at will.
 */
export function addressKey(address: string): string {
  const [plain] = address.split('%');
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain!) ?? [];
  if (mapped) return mapped;
  return plain!.includes(':') ? `${networkOf(plain!)}::/64` : plain!;
}

/** The first four groups, with the zeros that `::` stands for. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text ? text.split(':') : []);
  const known = groups(head);
  const missing = tail === undefined ? 0 : 8 - known.length - groups(tail).length;
  const all = [...known, ...Array<string>(missing).fill('0'), ...groups(tail ?? '')];
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
