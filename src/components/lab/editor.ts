/** The editor of a code block: CodeMirror, loaded when a reader first means to edit. */
import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { keywordCompletionSource, PostgreSQL } from '@codemirror/lang-sql';
import {
  bracketMatching,
  indentOnInput,
  LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view';
import type { Side } from '../../engine/lab/result.ts';
import { highlighter, LANGUAGES } from './highlight.ts';

/** What a code block needs of its editor. */
export interface Editor {
  dom: HTMLElement;
  setText(text: string): void;
  /** Marks lines, 1-based; lines beyond the end are left out. */
  mark(lines: readonly number[]): void;
  focus(): void;
  /** What is selected, as offsets; equal ones are the caret. */
  readonly selection: { from: number; to: number };
  /** Puts the caret under a point of the window. */
  placeCaret(x: number, y: number): void;
  scrollTo(left: number): void;
  destroy(): void;
}

interface Options {
  side: Side;
  /** Names the editor for a screen reader. */
  label: string;
  text: string;
  /** Called for the reader's edits, not for `setText`. */
  onChange(text: string): void;
}

const postgres = new LanguageSupport(
  LANGUAGES.postgres,
  LANGUAGES.postgres.data.of({ autocomplete: keywordCompletionSource(PostgreSQL, true) }),
);

const setMarks = StateEffect.define<readonly number[]>();
const markedLine = Decoration.line({ attributes: { 'data-marked': '' } });

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let now = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const within = effect.value.filter((line) => line <= doc.lines).sort((a, b) => a - b);
      now = Decoration.set(within.map((line) => markedLine.range(doc.line(line).from)));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * The look of the static block, to the pixel. It is code and not CSS because CodeMirror's own
 * rules stand in a sheet of their own, which these extend.
 */
const look = EditorView.theme({
  '&': { color: 'inherit', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit', overflowX: 'auto' },
  '.cm-content': { padding: 'var(--kj-code-pad)', caretColor: 'var(--kj-ink)' },
  '.cm-line': { padding: '0' },
  '.cm-selectionBackground, ::selection': { backgroundColor: 'var(--kj-code-selection)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--kj-code-selection)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--kj-error-tint)' },
  '.cm-tooltip': {
    border: '1px solid var(--kj-line)',
    borderRadius: 'var(--kj-radius-small)',
    backgroundColor: 'var(--kj-card)',
    color: 'var(--kj-ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--kj-code-selection)',
    color: 'var(--kj-ink)',
  },
});

/** Opens an editor; its `dom` is not in the page yet. */
export function openEditor({ side, label, text, onChange }: Options): Editor {
  let own = false;
  const view = new EditorView({
    doc: text,
    extensions: [
      history(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      // Asked for with Ctrl+Space: a list that pops up by itself would take Enter and the arrows.
      autocompletion({ activateOnTyping: false }),
      side === 'postgres' ? postgres : javascript({ typescript: true }),
      syntaxHighlighting(highlighter),
      marks,
      look,
      // Without `indentWithTab`: Tab leaves the editor. Ctrl+] and Ctrl+[ indent.
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({
        'aria-label': label,
        tabindex: '0',
        spellcheck: 'false',
        autocapitalize: 'off',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !own) onChange(update.state.doc.toString());
      }),
    ],
  });
  return {
    dom: view.dom,
    setText(now) {
      if (now === view.state.doc.toString()) return;
      own = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
      own = false;
    },
    mark: (lines) => view.dispatch({ effects: setMarks.of(lines) }),
    focus: () => view.focus(),
    get selection() {
      const { from, to } = view.state.selection.main;
      return { from, to };
    },
    placeCaret(x, y) {
      const at = view.posAtCoords({ x, y });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      view.focus();
    },
    scrollTo(left) {
      view.scrollDOM.scrollLeft = left;
    },
    destroy: () => view.destroy(),
  };
}
