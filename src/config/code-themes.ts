/** The colours of code blocks in prose: those of the labs, from the same tokens. */
import { readFileSync } from 'node:fs';
import { readTokens, type Tokens } from './tokens.ts';

/** TextMate scopes for each of our colours of code. */
const SCOPES = {
  'code-keyword': [
    'keyword',
    'storage',
    'keyword.operator.new',
    'constant.language.import-export-all',
  ],
  'code-string': ['string', 'string.regexp', 'support.type.property-name.json'],
  'code-number': ['constant', 'constant.numeric', 'constant.language'],
  'code-comment': ['comment', 'punctuation.definition.comment'],
  'code-function': [
    'entity.name.function',
    'support.function',
    'entity.name.type',
    'support.class',
  ],
  ink: ['keyword.operator', 'punctuation', 'variable'],
};

function theme(type: 'light' | 'dark', tokens: Tokens) {
  const colour = (name: string) => {
    const value = tokens.get(name);
    if (!value) throw new Error(`tokens.css has no --kj-${name}`);
    return value;
  };
  return {
    name: `keys-and-joins-${type}`,
    type,
    colors: { 'editor.background': colour('code'), 'editor.foreground': colour('ink') },
    settings: Object.entries(SCOPES).map(([name, scope]) => ({
      scope,
      settings: { foreground: colour(name) },
    })),
  };
}

/** Themes for Expressive Code, made from the style sheet at `tokensFile`; dark first, as Starlight wants. */
export function codeThemes(tokensFile: string) {
  const { light, dark } = readTokens(readFileSync(tokensFile, 'utf8'));
  return [theme('dark', dark), theme('light', light)];
}
