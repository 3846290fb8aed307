/** In an editor, the clauses that have a counterpart on the other side: they move with the text. */
import { ChangeSet, type Extension, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A piece of the lab's own text, as offsets, and the numbers of its translations. */
export interface LinkedPiece {
  from: number;
  to: number;
  numbers: string;
}

/** Marks pieces of the lab's own text, also where the editor opens on a text of the reader's. */
export function clauseMarks(original: string, pieces: readonly LinkedPiece[]): Extension {
  const own = Decoration.set(
    pieces.map(({ from, to, numbers }) =>
      Decoration.mark({ class: 'kj-clause', attributes: { 'data-clause': numbers } }).range(
        from,
        to,
      ),
    ),
    true,
  );
  const isOriginal = (doc: Text) => doc.length === original.length && doc.toString() === original;
  const field = StateField.define<DecorationSet>({
    create: ({ doc }) => {
      const change = ChangeSet.of(changeBetween(original, doc.toString()), original.length);
      return own.map(change);
    },
    // What was deleted has no mark any more; the lab's own text has all of them again.
    update: (marks, { docChanged, changes, state }) =>
      docChanged ? (isOriginal(state.doc) ? own : marks.map(changes)) : marks,
    provide: (marks) => EditorView.decorations.from(marks),
  });
  return pieces.length > 0 ? field : [];
}

/** The one change that makes a text of another, without what both begin and end with. */
export function changeBetween(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < most - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
