/** Bytes: sizes of text in UTF-8 and of base64, and byte strings that compare as the bytes do. */

/** Length in UTF-8 bytes. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    // A surrogate pair is two code units and four bytes: two for each half.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

const encoder = new TextEncoder();
const outsideAscii = /[\u0080-\uffff]/;

/** Text as a byte string: one character for each UTF-8 byte, so that `<` orders it as DynamoDB does. */
export function utf8ToBinary(text: string): string {
  if (!outsideAscii.test(text)) return text;
  let binary = '';
  for (const byte of encoder.encode(text)) binary += String.fromCharCode(byte);
  return binary;
}

/** Length in bytes of what a base64 text holds. */
export function base64Bytes(base64: string): number {
  if (base64.length === 0) return 0;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** What a base64 text holds, as a byte string. */
export function base64ToBinary(base64: string): string {
  return atob(base64);
}
