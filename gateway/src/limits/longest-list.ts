/** The length of the longest list in a JSON value, at any depth. */
export function longestListIn(json: unknown): number {
  let longest = 0;
  const values = [json];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value !== 'object' || value === null) continue;
    const members = Object.values(value);
    if (Array.isArray(value)) longest = Math.max(longest, members.length);
    for (const member of members) values.push(member);
  }
  return longest;
}
