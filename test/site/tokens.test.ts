/** The colours can be read by everybody: contrast as WCAG 2.2 computes it, in both themes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTokens } from '../../src/config/tokens.ts';

const themes = readTokens(readFileSync('src/styles/tokens.css', 'utf8'));

/** Relative luminance of `#rrggbb`, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance. */
function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const PAPERS = ['bg', 'card', 'code'];
const CODE = ['keyword', 'string', 'number', 'comment', 'function'].map((name) => `code-${name}`);
const TINTED = ['dynamodb', 'postgres', 'ok', 'error', 'warn'];

describe.each(Object.entries(themes))('the %s theme', (_theme, tokens) => {
  const colour = (name: string) => {
    const value = tokens.get(name);
    if (!/^#[0-9a-f]{6}$/.test(value ?? '')) throw new Error(`--kj-${name} is "${value}"`);
    return value as string;
  };

  it.each(['ink', 'muted', 'link', ...TINTED])('shows --kj-%s as text on every paper', (name) => {
    for (const paper of PAPERS) {
      expect(contrast(colour(name), colour(paper)), `on --kj-${paper}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(TINTED)('shows --kj-%s, ink and muted text on its own tint', (name) => {
    for (const text of [name, 'ink', 'muted']) {
      expect(contrast(colour(text), colour(`${name}-tint`)), text).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(CODE)('shows --kj-%s in code, selected or not', (name) => {
    for (const paper of ['code', 'card', 'code-selection']) {
      expect(contrast(colour(name), colour(paper)), `on --kj-${paper}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('draws the edge of controls and the focus ring visibly', () => {
    for (const paper of PAPERS) {
      expect(contrast(colour('edge'), colour(paper))).toBeGreaterThanOrEqual(3);
      expect(contrast(colour('focus'), colour(paper))).toBeGreaterThanOrEqual(3);
    }
  });
});
