/** Reads src/styles/tokens.css, for those who need the colours as values: code themes and tests. */

/** Names without `--kj-` and their values, of one theme. */
export type Tokens = ReadonlyMap<string, string>;

function tokensOf(css: string, selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no rule ${selector}`);
  const body = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...body.matchAll(/--kj-([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/**
 * The two themes of the style sheet's text. What the dark one does not say, it takes from the light.
 * @throws Error when the text lacks one of the two rules.
 */
export function readTokens(css: string): { light: Tokens; dark: Tokens } {
  const light = tokensOf(css, ':root');
  const dark = tokensOf(css, ':root[data-theme="dark"]');
  return { light, dark: new Map([...light, ...dark]) };
}
