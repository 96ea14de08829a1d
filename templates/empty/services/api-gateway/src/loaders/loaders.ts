import { Injectable } from '@nestjs/common';

/** One request's view of the entities: each is fetched at most once, all that are asked for together in one call. */
export interface Loaders {}

@Injectable()
export class LoadersFactory {
  /** New loaders; never share them between requests, or one would see another's data. */
  create(): Loaders {
    return {};
  }
}
