/** What a lab does on the page and can be tried without one: colours, waiting its turn, drafts. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { eraseDrafts, hasDraft, readDraft, writeDraft } from '@/components/lab/draft.ts';
import { highlightLines } from '@/components/lab/highlight.ts';
import { engineProblem, withoutWebAssembly } from '@/components/lab/problems.ts';
import { inTurn } from '@/components/lab/queue.ts';

describe('the colours of code', () => {
  test('leave the text as it is, line by line', () => {
    const code = "const a = 'x';\n\n  // <b>& c\nawait f(1);";
    const lines = highlightLines(code, 'dynamodb').map((line) =>
      line.map(({ text }) => text).join(''),
    );
    expect(lines.join('\n')).toBe(code);
  });

  test('reach into the body of a DO block', () => {
    const [, line] = highlightLines('DO $$\nBEGIN x := 1; -- why\nEND $$;', 'postgres');
    expect(line).toContainEqual({ text: 'BEGIN', className: 'kj-k' });
    expect(line).toContainEqual({ text: '-- why', className: 'kj-c' });
  });

  test('leave a dollar-quoted text alone', () => {
    expect(highlightLines('SELECT $$select me$$', 'postgres')[0]).toContainEqual({
      text: '$$select me$$',
      className: 'kj-s',
    });
  });
});

describe('runs of one page', () => {
  const never = new AbortController().signal;

  test('take their turns, also after one that failed', async () => {
    const order: string[] = [];
    const waits: string[] = [];
    const first = inTurn(
      async () => {
        await Promise.resolve();
        order.push('first');
        throw new Error('lost');
      },
      never,
      () => waits.push('first'),
    );
    const second = inTurn(
      async () => order.push('second'),
      never,
      () => waits.push('second'),
    );
    await expect(first).rejects.toThrow('lost');
    await second;
    expect(order).toEqual(['first', 'second']);
    expect(waits).toEqual(['second']);
  });

  test('can be given up while they wait', async () => {
    let end = () => {};
    const busy = inTurn(
      () => new Promise<void>((resolve) => (end = resolve)),
      never,
      () => {},
    );
    const abort = new AbortController();
    const ran = vi.fn();
    const given = inTurn(
      async () => ran(),
      abort.signal,
      () => {},
    );
    abort.abort();
    expect(await given).toBeUndefined();
    end();
    await busy;
    expect(ran).not.toHaveBeenCalled();
  });
});

describe('drafts', () => {
  afterEach(() => vi.unstubAllGlobals());

  const withStorage = (items = new Map<string, string>()) => {
    vi.stubGlobal('localStorage', {
      get length() {
        return items.size;
      },
      key: (index: number) => [...items.keys()][index] ?? null,
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    });
    return items;
  };
  const lab = {
    postgres: [
      { name: '', text: 'SET x = 1;' },
      { name: 'Read', text: 'SELECT 1;' },
    ],
  };

  test('keep the edited side and forget the lab when nothing is edited', () => {
    const items = withStorage();
    const edits = { postgres: ['SET x = 1;', 'SELECT 2;'] };
    writeDraft('a/b', edits, lab);
    expect(hasDraft('a/b')).toBe(true);
    expect(readDraft('a/b', lab)).toEqual({ texts: edits, changed: false });
    writeDraft('a/b', {}, lab);
    expect(items.size).toBe(0);
  });

  test('move to the steps of their names when the lab has changed', () => {
    withStorage();
    writeDraft('a/b', { postgres: ['SET x = 2;', 'SELECT 2;'] }, lab);
    const changed = {
      postgres: [
        { name: 'Before', text: 'BEGIN;' },
        { name: 'Read', text: 'SELECT 1 AS one;' },
        { name: '', text: 'SET y = 1;' },
      ],
    };
    expect(readDraft('a/b', changed)).toEqual({
      texts: { postgres: ['BEGIN;', 'SELECT 2;', 'SET x = 2;'] },
      changed: true,
    });
  });

  test('of a step that is gone stay as a comment', () => {
    withStorage();
    writeDraft('a/b', { postgres: ['SET x = 1;', 'SELECT 2,\n  3;'] }, lab);
    const changed = { postgres: [{ name: '', text: 'SET x = 1;' }] };
    expect(readDraft('a/b', changed)).toEqual({
      texts: { postgres: ['SET x = 1;\n-- SELECT 2,\n--   3;'] },
      changed: true,
    });
  });

  test('that are no drafts at all are left out', () => {
    const items = withStorage();
    for (const text of ['no JSON', '{"postgres": ["SELECT 2"]}', '[]', 'null']) {
      items.set('kj-lab:a/b', text);
      expect(readDraft('a/b', lab)).toEqual({ texts: {}, changed: false });
    }
  });

  test('are forgotten all at once, and nothing else is', () => {
    const items = withStorage(new Map([['theme', 'dark']]));
    writeDraft('a/b', { postgres: ['', 'SELECT 2;'] }, lab);
    writeDraft('a/c', { postgres: ['', 'SELECT 3;'] }, lab);
    eraseDrafts();
    expect([...items.keys()]).toEqual(['theme']);
  });

  test('are none where storage is forbidden', () => {
    vi.stubGlobal('localStorage', undefined);
    expect(hasDraft('a/b')).toBe(false);
  });
});

describe('what keeps a side from running', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('a browser without WebAssembly: PostgreSQL only, and no restart helps', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(withoutWebAssembly(['dynamodb'])).toBeUndefined();
    expect(withoutWebAssembly(['postgres'])).toMatchObject({ restart: false });
  });

  test('an engine that did not start names its cause', () => {
    const error = Object.assign(new Error('pglite.wasm: the server answered 404'), {
      kind: 'boot',
    });
    expect(engineProblem(error, 'postgres')).toEqual({
      message: 'PostgreSQL could not start. The recorded output is what it answers.',
      cause: 'pglite.wasm: the server answered 404',
      restart: true,
    });
  });
});
