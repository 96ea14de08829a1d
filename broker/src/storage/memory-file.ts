/** The first page grows up to this size; further pages have it from the beginning. */
const PAGE_BYTES = 1 << 20;
const MIN_BYTES = 512;

/** The bytes of a file in memory, in pages: a small file is small, and a large one grows without being copied. */
export class MemoryFile {
  private pages: Buffer[] = [];
  private length = 0;

  get size(): number {
    return this.length;
  }

  /** Copies up to the end of the file, and returns the number of bytes. */
  read(into: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(into.length, this.length - position));
    for (let done = 0; done < count;) {
      const page = this.pages[Math.floor((position + done) / PAGE_BYTES)]!;
      const at = (position + done) % PAGE_BYTES;
      const end = Math.min(page.length, at + count - done);
      into.set(page.subarray(at, end), done);
      done += end - at;
    }
    return count;
  }

  write(bytes: Uint8Array, position: number): void {
    this.resize(Math.max(this.length, position + bytes.length));
    for (let done = 0; done < bytes.length;) {
      const page = this.pages[Math.floor((position + done) / PAGE_BYTES)]!;
      const at = (position + done) % PAGE_BYTES;
      const count = Math.min(page.length - at, bytes.length - done);
      page.set(bytes.subarray(done, done + count), at);
      done += count;
    }
  }

  /** Cuts the file, or fills it up with zeros. */
  resize(size: number): void {
    const pages = Math.ceil(size / PAGE_BYTES);
    if (size < this.length) this.zero(size);
    this.pages.length = Math.min(this.pages.length, pages);
    while (this.pages.length < pages) this.pages.push(this.pageFor(size, this.pages.length));
    const first = this.pages[0];
    if (first && first.length < Math.min(size, PAGE_BYTES)) this.pages[0] = grown(first, size);
    this.length = size;
  }

  private pageFor(size: number, index: number): Buffer {
    return Buffer.alloc(index > 0 ? PAGE_BYTES : capacityFor(size));
  }

  /** What was cut must not reappear when the file grows. */
  private zero(from: number): void {
    for (const [index, page] of this.pages.entries())
      if ((index + 1) * PAGE_BYTES > from) page.fill(0, Math.max(0, from - index * PAGE_BYTES));
  }
}

const capacityFor = (size: number): number => {
  let capacity = MIN_BYTES;
  while (capacity < size && capacity < PAGE_BYTES) capacity *= 2;
  return capacity;
};

const grown = (page: Buffer, size: number): Buffer => {
  const larger = Buffer.alloc(capacityFor(size));
  page.copy(larger);
  return larger;
};
