/** The policy of a page: every inline script has its hash, and nothing that no hash can allow is there. */
import { describe, expect, it } from 'vitest';
import { CspError, hashSource, policy, readPage, withPolicy } from '../../src/integrations/csp.ts';

const page = (body: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title></head><body>${body}</body></html>`;

describe('the inline scripts of a page', () => {
  it('are those that a browser runs, byte by byte', () => {
    const html = page(
      [
        '<script>\n  one("</a>");\n</script>',
        '<script type="module">two()</script>',
        '<template><script>three()</script></template>',
        '<script type="importmap">{}</script>',
        '<script src="/four.js"></script>',
        '<script type="application/json">{"five":5}</script>',
        '<!-- <script>six()</script> -->',
        '<p title="<script>seven()</script>">text</p>',
      ].join(''),
    );
    expect(readPage(html, 'p').scripts).toEqual(['\n  one("</a>");\n', 'two()', 'three()', '{}']);
  });

  it('are hashed as CSP writes it', () => {
    // The example of https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src
    expect(hashSource('doSomething();')).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
    expect(hashSource('')).toBe("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  });
});

describe('the policy', () => {
  it('forbids everything that it does not name', () => {
    const directives = policy(['a()']).split('; ');
    expect(directives[0]).toBe("default-src 'none'");
    expect(directives[1]).toBe(`script-src 'self' 'wasm-unsafe-eval' ${hashSource('a()')} blob:`);
    expect(policy([])).not.toMatch(/unsafe-eval(?<!wasm-unsafe-eval)|script-src[^;]*unsafe-inline/);
  });

  it('names a script once, however often it stands in the page', () => {
    expect(policy(['a()', 'b()', 'a()'])).toBe(policy(['b()', 'a()']));
  });

  it('stands behind the charset and before all else', () => {
    const html = withPolicy(page('<script>a()</script>'), 'p', ['inFrame()']);
    const [, before, content] =
      /^(.*?)<meta http-equiv="Content-Security-Policy" content="(.*?)"><title>/.exec(html) ?? [];
    expect(before).toBe('<!DOCTYPE html><html><head><meta charset="utf-8">');
    expect(content).toBe(policy(['a()', 'inFrame()']));
  });

  it('stands first in a head without a charset', () => {
    expect(withPolicy('<html><head><title>T</title></head></html>', 'p', [])).toMatch(
      /^<html><head><meta http-equiv/,
    );
  });
});

describe('a page that no hash can make safe', () => {
  it.each([
    ['<button onclick="a()">x</button>', 'p: <button onclick>: use addEventListener in a script'],
    ['<svg><g onload="a()"/></svg>', 'p: <g onload>: use addEventListener in a script'],
    ['<a href=" javascript:a()">x</a>', 'p: <a href="javascript:...">: use a button'],
  ])('is refused: %s', (body, message) => {
    expect(() => readPage(page(body), 'p')).toThrow(new CspError(message));
  });
});
