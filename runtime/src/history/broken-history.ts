/** What is stored of an aggregate cannot be read as its history. */
export class BrokenHistory extends Error {
  constructor(entity: string, id: string, problem: string) {
    super(`the history of ${entity} ${id} cannot be read: ${problem}`);
    this.name = 'BrokenHistory';
  }
}
