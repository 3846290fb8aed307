/** Links that carry code: what goes in comes out, and what is broken or too long is said. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint, fromStored, toStored } from '@/components/lab/draft.ts';
import {
  decodeCode,
  encodeCode,
  LONGEST_LINK,
  MOST_CODE,
  type SharedCode,
} from '@/components/lab/share-code.ts';

const SQL: SharedCode = {
  postgres: { of: '1x', names: ['', 'Look'], texts: ['BEGIN;', "SELECT 'é', '🐘';"] },
};

/** A text as a link has it, of any JSON. */
function made(json: string, version = 1, sum = fingerprint(json)): string {
  const bytes = new Uint8Array(5);
  bytes[0] = version;
  new DataView(bytes.buffer).setUint32(1, sum);
  return Buffer.concat([bytes, deflateRawSync(json)]).toString('base64url');
}

describe('the code of a link', () => {
  test('comes out as it went in', async () => {
    const side = fc.record({
      of: fc.string(),
      blocks: fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' }))),
    });
    const stored = ({ of, blocks }: { of: string; blocks: Array<[string, string]> }) => ({
      of,
      names: blocks.map(([name]) => name),
      texts: blocks.map(([, text]) => text),
    });
    await fc.assert(
      fc.asyncProperty(side, side, async (a, b) => {
        const code = { dynamodb: stored(a), postgres: stored(b) };
        expect(await decodeCode(encodeCode(code))).toEqual(code);
      }),
      { numRuns: 20 },
    );
  });

  test('is always the same text, of characters that an address leaves alone', () => {
    // A change of this text breaks no old link, but makes a second one for the same code.
    expect(encodeCode(SQL)).toBe(encodeCode(structuredClone(SQL)));
    expect(encodeCode(SQL)).toMatchInlineSnapshot(
      `"AWaizeSLjlYqyC8uSS9KLVbSUTKsUNIBigBZTq7unn7WSrE60Uo--fnZQJFgVx9X5xAF9cMr1XUU1D_MnzBDHSgPBAA"`,
    );
    expect(encodeCode(SQL)).toMatch(/^[\w-]+$/);
  });

  test('does not depend on the order in which the sides were put together', () => {
    const other = { of: '2', names: [''], texts: ['1'] };
    expect(encodeCode({ postgres: other, dynamodb: other })).toBe(
      encodeCode({ dynamodb: other, postgres: other }),
    );
  });

  test('holds the dialects of a side beside each other', async () => {
    const side = (text: string) => ({ of: '1', names: ['Read'], texts: [text] });
    const code = { dynamodb: side('await 1;'), partiql: side('SELECT 1;'), cli: side('aws') };
    expect(await decodeCode(encodeCode(code))).toEqual(code);
  });

  test('goes to the steps of its names when the lab has changed since', async () => {
    const before = { postgres: [{ name: 'Look', text: 'SELECT 1;' }] };
    const after = { postgres: [{ name: 'Begin', text: 'BEGIN;' }, ...before.postgres] };
    const code = await decodeCode(encodeCode(toStored({ postgres: ['SELECT 2;'] }, before)));
    expect(fromStored(code, before)).toEqual({
      texts: { postgres: ['SELECT 2;'] },
      changed: false,
    });
    expect(fromStored(code, after)).toEqual({
      texts: { postgres: ['BEGIN;', 'SELECT 2;'] },
      changed: true,
    });
  });
});

describe('a link that cannot be opened says why', () => {
  const whole = encodeCode(SQL);
  test.each([
    ['cut off', whole.slice(0, -6)],
    ['empty', ''],
    [
      'with a letter exchanged',
      whole.slice(0, 20) + (whole[20] === 'A' ? 'B' : 'A') + whole.slice(21),
    ],
    ['with other characters', `${whole.slice(0, 8)}%20${whole.slice(8)}`],
    ['of no code', made('{"postgres":"DROP TABLE users"}')],
    ['of another side', made('[["mongodb","",[["","1"]]]]')],
    ['with a wrong checksum', made('[]', 1, 0)],
  ])('%s', async (_, text) => {
    await expect(decodeCode(text)).rejects.toThrow('This link is broken');
  });

  test('of a newer edition', async () => {
    await expect(decodeCode(made('[]', 2))).rejects.toThrow('newer edition of this site');
  });

  test('with more code than is opened, however few characters hold it', async () => {
    const bomb = made(JSON.stringify([['postgres', '', [['', ' '.repeat(5_000_000)]]]]));
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    await expect(decodeCode(bomb)).rejects.toThrow('more than 200,000 bytes of code');
  });

  test('of more characters than are read', async () => {
    await expect(decodeCode('A'.repeat(LONGEST_LINK + 1))).rejects.toThrow('16,000 characters');
  });
});

describe('code that is too long for a link is refused when the link is made', () => {
  const of = (text: string): SharedCode => ({ postgres: { of: '', names: [''], texts: [text] } });

  test('by the characters of the link', () => {
    const random = Array.from({ length: 4_000 }, (_, i) => fingerprint(String(i)).toString(36));
    expect(() => encodeCode(of(random.join(' ')))).toThrow(
      /too long for a link: [\d,]+ characters, 16,000 allowed/,
    );
  });

  test('by its bytes, which the other end would not take either', () => {
    expect(() => encodeCode(of(' '.repeat(MOST_CODE)))).toThrow('bytes of code, 200,000 allowed');
  });
});
