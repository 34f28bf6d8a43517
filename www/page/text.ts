// Bytes as text: UTF-8, or UTF-16 where the bytes say so.

/** The text of a file. */
export function decoded(bytes: ArrayBuffer): string {
  const [a, b] = new Uint8Array(bytes);
  const coding = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(coding).decode(bytes);
}
