/** The editor of a code block: CodeMirror, loaded when a reader first means to edit. */
import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  indentOnInput,
  LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language';
import { EditorView, keymap } from '@codemirror/view';
import type { Program } from '../../engine/lab/dialects.ts';
import { changeBetween, clauseMarks, type LinkedPiece } from './editor-clauses.ts';
import { cliCompletions } from './editor-cli.ts';
import { schemaOf, sdk } from './editor-knowledge.ts';
import { errorMarks, mark } from './editor-marks.ts';
import { tablesInTypeScript, withTables } from './editor-schema.ts';
import { sdkCompletions } from './editor-sdk.ts';
import { isTabIndenting, onTabIndents, setTabIndents, tabWords } from './editor-settings.ts';
import { partiqlKeywords, partiqlNames, sqlKeywords, sqlNames } from './editor-sql.ts';
import type { ErrorMark } from './errors.ts';
import { highlighter, LANGUAGES } from './highlight.ts';

/** What a code block needs of its editor. */
export interface Editor {
  dom: HTMLElement;
  setText(text: string): void;
  /** Marks places; those beyond the end are left out. */
  mark(marks: readonly ErrorMark[]): void;
  /** Tells a reader who came by keyboard, once a page, how to leave. */
  tellWayOut(): void;
  /** Formats the code, or says why not. */
  format(): Promise<void>;
  focus(): void;
  /** What is selected, as offsets; equal ones are the caret. */
  readonly selection: { from: number; to: number };
  /** Puts the caret under a point of the window. */
  placeCaret(x: number, y: number): void;
  scrollTo(left: number): void;
  destroy(): void;
}

interface Options {
  program: Program;
  /** Names the editor for a screen reader. */
  label: string;
  text: string;
  /** The lab's own text, and its pieces that have a counterpart on the other side. */
  original: string;
  linked: readonly LinkedPiece[];
  /** The dataset whose tables it completes. */
  dataset: string;
  /** The id of the element that says what is marked. */
  describedBy: string;
  /** The whole program that the block is a part of. */
  source(): string;
  /** Speaks to a screen reader. */
  say(text: string): void;
  /** Called for the reader's edits, not for `setText`. */
  onChange(text: string): void;
}

/** The reader has been told how to leave. */
let isTold = false;

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
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--kj-code-selection)',
    outline: '1px solid var(--kj-edge)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--kj-error-tint)' },
  '.cm-lintRange-error': {
    // In place of a picture: it follows the colours of the theme and of the reader's own.
    backgroundImage: 'none',
    textDecoration: 'underline wavy 1.5px',
    textDecorationColor: 'var(--kj-error)',
    textUnderlineOffset: '0.2em',
  },
  '.cm-diagnostic': { maxWidth: '34rem', padding: '0.3rem 0.6rem', fontFamily: 'var(--kj-font)' },
  '.cm-diagnostic-error': { borderInlineStart: '3px solid var(--kj-error)' },
  '.cm-tooltip': {
    border: '1px solid var(--kj-line)',
    borderRadius: 'var(--kj-radius-small)',
    backgroundColor: 'var(--kj-card)',
    color: 'var(--kj-ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--kj-code-selection)',
    color: 'var(--kj-ink)',
    // In forced colours there are no backgrounds.
    outline: '2px solid var(--kj-focus)',
    outlineOffset: '-2px',
  },
});

/** The language with what can be completed in it. */
function language({ program, dataset, source }: Options): LanguageSupport {
  const schema = schemaOf(dataset);
  // Without it there is less to complete; what was asked for says so.
  schema.catch((error) => console.warn('The tables of the lab could not be loaded:', error));
  if (program === 'partiql') {
    const names = async (context: CompletionContext) =>
      partiqlNames(context, (await schema).dynamodb);
    return new LanguageSupport(LANGUAGES.partiql, [
      LANGUAGES.partiql.data.of({ autocomplete: partiqlKeywords }),
      LANGUAGES.partiql.data.of({ autocomplete: names }),
    ]);
  }
  if (program === 'postgres') {
    const names = async (context: CompletionContext) =>
      sqlNames(context, (await schema).postgres, source());
    return new LanguageSupport(LANGUAGES.postgres, [
      LANGUAGES.postgres.data.of({ autocomplete: sqlKeywords }),
      LANGUAGES.postgres.data.of({ autocomplete: names }),
    ]);
  }
  const shapes = sdk();
  shapes.catch((error) => console.warn('The commands of the SDK could not be loaded:', error));
  if (program === 'cli') {
    const options = async (context: CompletionContext) =>
      cliCompletions(context, { shapes: await shapes, tables: (await schema).dynamodb });
    return new LanguageSupport(LANGUAGES.cli, [LANGUAGES.cli.data.of({ autocomplete: options })]);
  }
  const { language, support } = javascript({ typescript: true });
  const parameters = async (context: CompletionContext) =>
    sdkCompletions(context, {
      shapes: await shapes,
      tables: withTables((await schema).dynamodb, tablesInTypeScript(source())),
      source: source(),
    });
  return new LanguageSupport(language, [support, language.data.of({ autocomplete: parameters })]);
}

/** Opens an editor; its `dom` is not in the page yet. */
export function openEditor(options: Options): Editor {
  const { program, label, text, describedBy, say, onChange } = options;
  let own = false;
  const format = async () => {
    const before = view.state.doc.toString();
    // Loaded by the first who asks for it.
    const { formatCode } = await import('./editor-format.ts');
    const formatted = await formatCode(before, program);
    if ('refused' in formatted) return say(formatted.refused);
    if (view.state.doc.toString() !== before) return say('Not formatted: the code has changed.');
    if (formatted.text === before) return say('The code is formatted already.');
    const anchor = Math.min(view.state.selection.main.head, formatted.text.length);
    view.dispatch({
      changes: { from: 0, to: before.length, insert: formatted.text },
      selection: { anchor },
      userEvent: 'format',
    });
    say('Formatted.');
  };
  const view = new EditorView({
    doc: text,
    extensions: [
      history(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      // Asked for with Ctrl+Space: a list that pops up by itself would take Enter and the arrows.
      autocompletion({ activateOnTyping: false, icons: false }),
      language(options),
      syntaxHighlighting(highlighter),
      errorMarks(describedBy, say),
      clauseMarks(options.original, options.linked),
      look,
      keymap.of([
        { key: 'Ctrl-m', mac: 'Shift-Alt-m', run: () => toggleTab(say) },
        {
          key: 'Shift-Alt-f',
          run: () => {
            void format();
            return true;
          },
        },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        // Heard only while Tab indents.
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        'aria-label': label,
        tabindex: '0',
        spellcheck: 'false',
        autocapitalize: 'off',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !own) onChange(update.state.doc.toString());
      }),
      EditorView.domEventHandlers({
        // Tab is let go inside the editor: it has brought the reader here.
        keyup: ({ key }) => {
          if (key === 'Tab') tellWayOut(say);
        },
      }),
    ],
  });
  view.setTabFocusMode(!isTabIndenting());
  const stop = onTabIndents((indents) => view.setTabFocusMode(!indents));
  return {
    dom: view.dom,
    format,
    tellWayOut: () => tellWayOut(say),
    setText(now) {
      const before = view.state.doc.toString();
      if (now === before) return;
      own = true;
      view.dispatch({ changes: changeBetween(before, now) });
      own = false;
    },
    mark: (marks) => mark(view, marks),
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
    destroy() {
      stop();
      view.destroy();
    },
  };
}

function toggleTab(say: (text: string) => void): boolean {
  setTabIndents(!isTabIndenting());
  isTold = true;
  say(tabWords());
  return true;
}

function tellWayOut(say: (text: string) => void): void {
  if (!isTold) say(tabWords());
  isTold = true;
}
