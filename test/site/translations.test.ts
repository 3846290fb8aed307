/** Clauses in the page's code: spans in the static text, marks that move with it in the editor. */
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, test } from 'vitest';
import { codeHtml } from '@/components/lab/clauses.ts';
import { changeBetween, clauseMarks } from '@/components/lab/editor-clauses.ts';
import { translationLists } from '@/components/lab/view.ts';
import { alignSteps } from '@/engine/lab/steps.ts';

describe('a clause in the static text', () => {
  const clause = (from: number, to: number, number: number) => ({ line: 1, from, to, number });

  test('is a span round the words that it is made of', () => {
    expect(codeHtml('a < LIMIT 10;', 'postgres', [clause(4, 12, 3)])).toBe(
      '<span class="kj-line">a &lt; <span class="kj-clause" data-clause="3">' +
        '<span class="kj-k">LIMIT</span> <span class="kj-n">10</span></span>;</span>',
    );
  });

  test('may begin or end within a word of one colour', () => {
    const html = codeHtml("x('a = :b')", 'dynamodb', [clause(3, 9, 1)]);
    expect(html).toContain(
      '<span class="kj-s">\'</span><span class="kj-clause" data-clause="1">' +
        '<span class="kj-s">a = :b</span></span><span class="kj-s">\'</span>',
    );
  });

  test('shares the piece that is also of another', () => {
    const html = codeHtml('abc def', 'postgres', [clause(0, 7, 1), clause(4, 7, 2)]);
    expect(html).toContain('data-clause="1">abc </span><span class="kj-clause" data-clause="1 2"');
  });

  test('leaves code without clauses as it was', () => {
    expect(codeHtml('a\nb', 'postgres', [])).toBe(
      '<span class="kj-line">a</span>\n<span class="kj-line">b</span>',
    );
  });
});

describe('a clause in the editor', () => {
  const ORIGINAL = 'Limit: 3,\nTag: 1,';
  const pieces = [
    { from: 0, to: 8, numbers: '1' },
    { from: 10, to: 16, numbers: '2' },
  ];
  const open = (doc: string) =>
    EditorState.create({ doc, extensions: clauseMarks(ORIGINAL, pieces) });

  /** The marked pieces of the text. */
  function marked(state: EditorState): string[] {
    return state.facet(EditorView.decorations).flatMap((set) => {
      if (typeof set === 'function') return [];
      const found: string[] = [];
      set.between(0, state.doc.length, (from, to) => {
        found.push(state.sliceDoc(from, to));
      });
      return found;
    });
  }

  test('stays where its text goes', () => {
    const state = open(ORIGINAL).update({ changes: { from: 0, insert: '// first\n' } }).state;
    expect(marked(state)).toEqual(['Limit: 3', 'Tag: 1']);
  });

  test('has no mark where its text was deleted', () => {
    const state = open(ORIGINAL).update({ changes: { from: 0, to: 10 } }).state;
    expect(marked(state)).toEqual(['Tag: 1']);
  });

  test('is there again when the text is that of the lab again', () => {
    const gone = open(ORIGINAL).update({ changes: { from: 0, to: 17 } }).state;
    expect(marked(gone)).toEqual([]);
    expect(marked(gone.update({ changes: { from: 0, insert: ORIGINAL } }).state)).toEqual([
      'Limit: 3',
      'Tag: 1',
    ]);
  });

  test('is found in a text of the reader’s that the editor opens with', () => {
    expect(marked(open('Limit: 3,\nOther: 2,\nTag: 1,'))).toEqual(['Limit: 3', 'Tag: 1']);
    expect(marked(open('Tag: 1,'))).toEqual(['Tag: 1']);
  });

  test.each([
    ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
    ['abc', 'ac', { from: 1, to: 2, insert: '' }],
    ['aa', 'aaa', { from: 2, to: 2, insert: 'a' }],
    ['', 'a', { from: 0, to: 0, insert: 'a' }],
  ])('from %j to %j is one small change', (before, after, change) => {
    expect(changeBetween(before, after)).toEqual(change);
  });
});

describe('the lists of a lab', () => {
  const rows = alignSteps({
    sources: {
      dynamodb: 'setUp();\n// step: One\none();\n// step: Get\nget();\n',
      postgres: '-- step: One\nSELECT 1;\n-- step: Select\nSELECT 2;\n',
    },
  });
  const translation = (dynamodb: string, postgres: string) => ({
    number: 1,
    mark: 'a',
    difference: 'They are the same.',
    steps: { dynamodb, postgres },
    clauses: { dynamodb: [], postgres: [] },
  });

  test('stand below the code of their step: behind head, problem, set-up, the step’s head and code', () => {
    const { lists, gridRows } = translationLists(rows, [translation('One', 'One')]);
    expect(lists.map(({ step, gridRow }) => [step, gridRow])).toEqual([['One', 2 + 3 + 3]]);
    // Head, problem, four rows of three, the list, the costs.
    expect(gridRows).toBe(2 + 4 * 3 + 1 + 1);
  });

  test('of steps of different names stand at the lower one', () => {
    const { lists } = translationLists(rows, [translation('Get', 'Select')]);
    expect(lists.map(({ step }) => step)).toEqual([rows.at(-1)?.name]);
  });

  test('are none where nothing is marked', () => {
    expect(translationLists(rows, [])).toEqual({ lists: [], gridRows: 3 + 4 * 3 });
  });
});
