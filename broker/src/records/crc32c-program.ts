// A WebAssembly program for CRC-32C, assembled here. It is fast from its first use on; a broker for development has often
// ended before V8 has made the same in JavaScript fast. https://webassembly.github.io/spec/core/binary/

/** The parts of WebAssembly that are used. The types of Node lack them. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  update(crc: number, from: number, to: number): number;
}

/** The program works on this many bytes at a time, with a table for each. */
export const STEP_BYTES = 16;
const TABLE_ENTRIES = 256;
const TABLES_BYTES = STEP_BYTES * TABLE_ENTRIES * 4;

/** Whether there is WebAssembly: not in a Node process without a compiler (`--jitless`). */
export const canLoadProgram = 'WebAssembly' in globalThis;

/**
 * Loads the program. It continues the checksum `crc` with a number of bytes that is a multiple of {@link STEP_BYTES};
 * `first` has the checksums of all single bytes.
 */
export const loadProgram = (first: Int32Array): ((crc: number, bytes: Uint8Array) => number) => {
  const { memory, update } = new WebAssembly.Instance(new WebAssembly.Module(program())).exports as Exports;
  fillTables(new Int32Array(memory.buffer, 0, TABLES_BYTES / 4), first);
  const room = new Uint8Array(memory.buffer, TABLES_BYTES);
  return (crc, bytes) => {
    for (let at = 0; at < bytes.length; at += room.length) {
      const part = bytes.subarray(at, at + room.length);
      room.set(part);
      crc = update(crc, TABLES_BYTES, TABLES_BYTES + part.length);
    }
    return crc;
  };
};

/** Table k has the checksums of a byte followed by k zero bytes. */
const fillTables = (tables: Int32Array, first: Int32Array): void => {
  tables.set(first);
  for (let at = TABLE_ENTRIES; at < tables.length; at++) {
    const crc = tables[at - TABLE_ENTRIES]!;
    tables[at] = (crc >>> 8) ^ first[crc & 0xff]!;
  }
};

const I32 = 0x7f;
const OP = {
  loop: [0x03, 0x40],
  branchIf: (label: number) => [0x0d, label],
  end: [0x0b],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  keep: (local: number) => [0x22, local],
  /** Loads 32 bits at the address on the stack, which need not be aligned, and an offset. */
  load: (offset: number) => [0x28, 0, ...unsigned(offset)],
  constant: (value: number) => [0x41, ...signed(value)],
  isBelow: [0x49],
  add: [0x6a],
  and: [0x71],
  xor: [0x73],
  shiftLeft: [0x74],
  shiftRight: [0x76],
};

const [CRC, FROM, TO, FIRST_WORD] = [0, 1, 2, 3];
const WORDS = STEP_BYTES / 4;

/** The entry for a byte of a word in the table of its place. Entries have four bytes. */
const lookUp = (place: number): number[] => {
  const shift = (place % 4) * 8 - 2;
  return [
    ...OP.get(FIRST_WORD + Math.floor(place / 4)),
    ...OP.constant(Math.abs(shift)),
    ...(shift < 0 ? OP.shiftLeft : OP.shiftRight),
    ...OP.constant((TABLE_ENTRIES - 1) * 4),
    ...OP.and,
    ...OP.load((STEP_BYTES - 1 - place) * TABLE_ENTRIES * 4),
  ];
};

/** The last bytes come first: only the first word has to wait for the checksum of the step before. */
const step = (): number[] => {
  const places = Array.from({ length: STEP_BYTES }, (_, index) => STEP_BYTES - 1 - index);
  const words = Array.from({ length: WORDS }, (_, index) => [
    ...OP.get(FROM),
    ...OP.load(index * 4),
    ...(index === 0 ? [...OP.get(CRC), ...OP.xor] : []),
    ...OP.set(FIRST_WORD + index),
  ]);
  return [
    ...words.flat(),
    ...places.flatMap((place, index) => [...lookUp(place), ...(index > 0 ? OP.xor : [])]),
    ...OP.set(CRC),
    ...OP.get(FROM),
    ...OP.constant(STEP_BYTES),
    ...OP.add,
    ...OP.keep(FROM),
    ...OP.get(TO),
    ...OP.isBelow,
    ...OP.branchIf(0),
  ];
};

/** A module with one page of memory, and the function `update`. */
const program = (): Uint8Array => {
  const body = [1, WORDS, I32, ...OP.loop, ...step(), ...OP.end, ...OP.get(CRC), ...OP.end];
  const exported = (name: string, kind: number): number[] => [name.length, ...Buffer.from(name), kind, 0];
  return Uint8Array.from([
    ...Buffer.from('\0asm'),
    ...[1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...exported('memory', 2), ...exported('update', 0)]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
};

const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content];

/** LEB128. */
const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];

/** Signed LEB128 of a number that is not negative: bit 6 of the last byte is the sign. */
const signed = (value: number): number[] =>
  value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
