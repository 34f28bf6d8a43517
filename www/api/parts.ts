// A file while the engine writes it: pieces that become Blobs at once, which browsers keep outside the memory of the page.

/** Takes the bytes of one file. */
export class Parts {
  #parts: Blob[] = [];

  /** Appends bytes. */
  put(bytes: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(new Blob([bytes]));
  }

  /** Writes over bytes that were appended before. */
  patch(at: number, bytes: Uint8Array<ArrayBuffer>): void {
    const whole = new Blob(this.#parts);
    this.#parts = [whole.slice(0, at), new Blob([bytes]), whole.slice(at + bytes.length)];
  }

  /** The whole file. */
  blob(type: string): Blob {
    return new Blob(this.#parts, { type });
  }
}
