/** The part of Node's Buffer that ElectroDB uses: cursors in base64url. */
import { Buffer as Bytes } from 'buffer';

const URL_SAFE: Record<string, string> = { '+': '-', '/': '_', '=': '' };

export const Buffer = {
  from(text: string, encoding?: 'base64url') {
    const bytes =
      encoding === 'base64url'
        ? Bytes.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64')
        : Bytes.from(text);
    return {
      toString: (as: string) =>
        as === 'base64url'
          ? bytes.toString('base64').replace(/[+/=]/g, (letter) => URL_SAFE[letter] ?? '')
          : bytes.toString('utf8'),
    };
  },
};
