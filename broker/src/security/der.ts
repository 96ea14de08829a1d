/** The parts of DER (ITU-T X.690), the encoding of certificates, that a self-signed certificate needs. */
const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from([length >> 16, (length >> 8) & 0xff, length & 0xff]);
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | significant.length]), significant]);
};

const tagged = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
};

const base128 = (value: number): number[] => {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
};

const objectId = (dotted: string): Buffer => {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first! * 40 + second!, ...rest.flatMap(base128)]));
};

export const der = {
  objectId,
  sequence: (...parts: Buffer[]): Buffer => tagged(0x30, ...parts),
  set: (...parts: Buffer[]): Buffer => tagged(0x31, ...parts),
  /** A positive number; its first bit is not set. */
  integer: (bytes: Buffer): Buffer => tagged(0x02, bytes),
  boolean: (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0])),
  text: (text: string): Buffer => tagged(0x0c, Buffer.from(text)),
  octets: (bytes: Buffer): Buffer => tagged(0x04, bytes),
  bits: (bytes: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bytes),
  /** A time before 2050. */
  time: (date: Date): Buffer => tagged(0x17, Buffer.from(date.toISOString().replace(/^..|[-:T]|\.\d+/g, ''))),
  /** A value with a tag whose meaning depends on its place. */
  context: (tag: number, bytes: Buffer): Buffer => tagged(tag, bytes),
};
