/** Errors in an editor: the line, the place in it, the message on hover, by F8 and for a screen reader. */
import {
  type Diagnostic,
  forEachDiagnostic,
  nextDiagnostic,
  setDiagnostics,
} from '@codemirror/lint';
import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view';
import type { ErrorMark } from './errors.ts';

const setMarks = StateEffect.define<readonly ErrorMark[]>();
const markedLine = Decoration.line({ attributes: { 'data-marked': '' } });

const lines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let now = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const within = new Set(
        effect.value.map(({ line }) => line).filter((line) => line <= doc.lines),
      );
      const sorted = [...within].sort((a, b) => a - b);
      now = Decoration.set(sorted.map((line) => markedLine.range(doc.line(line).from)));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What shows marks. `describedBy` is the id of the element that says them; `say` speaks. */
export function errorMarks(describedBy: string, say: (text: string) => void): Extension {
  return [
    lines,
    EditorView.contentAttributes.of(
      ({ state }): Record<string, string> =>
        state.field(lines).size > 0
          ? { 'aria-invalid': 'true', 'aria-describedby': describedBy }
          : {},
    ),
    keymap.of([{ key: 'F8', run: (view) => nextDiagnostic(view) && sayAtCaret(view, say) }]),
  ];
}

/** Puts marks in place of those that are there; those beyond the end are left out. */
export function mark(view: EditorView, marks: readonly ErrorMark[]): void {
  const { state } = view;
  const within = marks.filter(({ line }) => line <= state.doc.lines);
  view.dispatch(
    { effects: setMarks.of(within) },
    setDiagnostics(
      state,
      within.map((each) => diagnostic(state, each)),
    ),
  );
}

/** The word at the error's place, or else its line. */
function diagnostic({ doc }: EditorState, { line, column, message }: ErrorMark): Diagnostic {
  const { from, to, text } = doc.line(line);
  if (column === undefined || column > text.length) {
    return { from: from + (text.length - text.trimStart().length), to, severity: 'error', message };
  }
  const start = column - 1;
  const word = /^(?:[\w$]+|[^\w\s]+|.)/.exec(text.slice(start))?.[0] ?? '';
  return { from: from + start, to: from + start + word.length, severity: 'error', message };
}

/** The caret stands at an error: what is it? */
function sayAtCaret({ state }: EditorView, say: (text: string) => void): boolean {
  const { from } = state.selection.main;
  const said: string[] = [];
  forEachDiagnostic(state, ({ message }, at) => {
    if (at === from) said.push(message);
  });
  say(`Line ${state.doc.lineAt(from).number}: ${said.join(' ')}`);
  return true;
}
