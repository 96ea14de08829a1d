/** The service to generate. */
export interface ServiceRequest {
  /** As in msx.yaml. */
  readonly name: string;
  /** In any casing. */
  readonly entity: string;
  /** Default: the English plural. */
  readonly plural?: string;
  readonly fields: string;
  /** Default: the next free one. */
  readonly port?: number;
  /** Default: that of the existing services, otherwise SQLite. */
  readonly database?: 'sqlite' | 'postgres';
  /** The gateway that exposes it (default: the first GraphQL service); none when false. */
  readonly gateway?: string | false;
}
