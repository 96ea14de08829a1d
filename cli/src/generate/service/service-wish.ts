/** What a person wants a service to be. */
export interface ServiceWish {
  /** As in msx.yaml. */
  readonly name: string;
  /** In any casing. */
  readonly entity: string;
  /** Unless English makes it so. */
  readonly plural?: string;
  readonly fields: string;
  /** The next free one unless given. */
  readonly port?: number;
  /** That of the services there are, else SQLite, unless given. */
  readonly database?: 'sqlite' | 'postgres';
  /** The service that shows it to the world: the only GraphQL one unless given; none when false. */
  readonly gateway?: string | false;
}
