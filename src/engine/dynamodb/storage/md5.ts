/** MD5 of short texts: DynamoDB spreads partition keys by it, and browsers have no synchronous one. */

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Int32Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
);
const words = new Int32Array(16);

/** The first six hexadecimal digits of the MD5 (RFC 1321) of a byte string. */
export function md5Prefix(binary: string): string {
  let a = 0x67452301;
  let b = 0xefcdab89 | 0;
  let c = 0x98badcfe | 0;
  let d = 0x10325476;
  const blocks = ((binary.length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block++) {
    words.fill(0);
    const start = block << 6;
    const end = Math.min(binary.length, start + 64);
    for (let index = start; index < end; index++) {
      put(index, binary.charCodeAt(index));
    }
    if (binary.length >= start && binary.length < start + 64) {
      put(binary.length, 0x80);
    }
    if (block === blocks - 1) words[14] = binary.length << 3;
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      let mixed: number;
      let word: number;
      if (round === 0) {
        mixed = (b & c) | (~b & d);
        word = step;
      } else if (round === 1) {
        mixed = (d & b) | (~d & c);
        word = (5 * step + 1) & 15;
      } else if (round === 2) {
        mixed = b ^ c ^ d;
        word = (3 * step + 5) & 15;
      } else {
        mixed = c ^ (b | ~d);
        word = (7 * step) & 15;
      }
      const sum = (a + mixed + (sines[step] as number) + (words[word] as number)) | 0;
      const shift = shifts[(round << 2) | (step & 3)] as number;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    a = (a + a0) | 0;
    b = (b + b0) | 0;
    c = (c + c0) | 0;
    d = (d + d0) | 0;
  }
  // The digest's first bytes are those of `a`, lowest first.
  let prefix = '';
  for (let byte = 0; byte < 3; byte++)
    prefix += ((a >>> (byte << 3)) & 255).toString(16).padStart(2, '0');
  return prefix;
}

/** Puts a byte of the message into the block's words, lowest byte first. */
function put(index: number, byte: number): void {
  const word = (index & 63) >> 2;
  words[word] = (words[word] as number) | (byte << ((index & 3) << 3));
}
