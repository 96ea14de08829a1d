import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** google.rpc.ErrorInfo: the machine-readable part of an error. */
export interface ErrorInfo {
  readonly reason: string;
  /** The namespace of the reason: the service's name. */
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StatusDetails {
  readonly code: number;
  readonly message: string;
  readonly info: ErrorInfo;
}

const ERROR_INFO_URL = 'type.googleapis.com/google.rpc.ErrorInfo';

/** Wire tags, `field << 3 | type`, of google/rpc/status.proto, any.proto and error_details.proto. */
const VARINT_1 = 8;
const BYTES_1 = 10;
const BYTES_2 = 18;
const BYTES_3 = 26;

/** A google.rpc.Status with one ErrorInfo, as grpc-status-details-bin carries it. */
export function encodeStatusDetails({ code, message, info }: StatusDetails): Buffer {
  const any = new BinaryWriter()
    .uint32(BYTES_1)
    .string(ERROR_INFO_URL)
    .uint32(BYTES_2)
    .bytes(encodeErrorInfo(info));
  const status = new BinaryWriter().uint32(VARINT_1).int32(code).uint32(BYTES_2).string(message);
  return Buffer.from(status.uint32(BYTES_3).bytes(any.finish()).finish());
}

function encodeErrorInfo({ reason, domain, metadata }: ErrorInfo): Uint8Array {
  const writer = new BinaryWriter().uint32(BYTES_1).string(reason).uint32(BYTES_2).string(domain);
  for (const [key, value] of Object.entries(metadata)) {
    const entry = new BinaryWriter().uint32(BYTES_1).string(key).uint32(BYTES_2).string(value);
    writer.uint32(BYTES_3).bytes(entry.finish());
  }
  return writer.finish();
}

/** The first ErrorInfo of a google.rpc.Status; undefined when it has none or is not such a message. */
export function decodeErrorInfo(status: Uint8Array): ErrorInfo | undefined {
  try {
    for (const detail of fields(status).get(3) ?? []) {
      const any = fields(detail);
      if (text(any, 1) === ERROR_INFO_URL) return toErrorInfo(fields(any.get(2)?.[0] ?? new Uint8Array()));
    }
  } catch {
    // Malformed details must not hide the error they belong to.
  }
  return undefined;
}

function toErrorInfo(info: Fields): ErrorInfo {
  const entries = (info.get(3) ?? []).map((entry) => {
    const pair = fields(entry);
    return [text(pair, 1), text(pair, 2)] as const;
  });
  return { reason: text(info, 1), domain: text(info, 2), metadata: Object.fromEntries(entries) };
}

type Fields = Map<number, Uint8Array[]>;

/** The length-delimited fields of a message by number; others are skipped. */
function fields(message: Uint8Array): Fields {
  const reader = new BinaryReader(message);
  const found: Fields = new Map();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type !== 2) reader.skip(type);
    else found.set(field, [...(found.get(field) ?? []), reader.bytes()]);
  }
  return found;
}

function text(message: Fields, field: number): string {
  return Buffer.from(message.get(field)?.[0] ?? []).toString('utf8');
}
