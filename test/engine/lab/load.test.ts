/** Mistakes in a lab's folder: each names the file, the line and the fix. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listLabs, loadLab, readLab } from '../../../src/engine/lab/load.ts';

const good = {
  'lab.yaml': `title: One row
summary: Reads one row on both sides.
expect:
  Fail: { postgres: '42P01' }
checks:
  - sql: SELECT 1
    rows: [[1]]
`,
  'dynamodb.ts': '// step: Read\nawait 0;\n',
  'postgres.sql': '-- step: Read\nSELECT 1;\n-- step: Fail\nSELECT * FROM nowhere;\n',
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'labs-'));
});
afterEach(() => rm(root, { recursive: true }));

async function lab(files: Record<string, string>, id = 'a-chapter/a-lab') {
  await mkdir(path.join(root, 'examples', id), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(root, 'examples', id, name), text);
  }
  return readLab(id, root);
}

describe('a lab that is right', () => {
  test('is read with its defaults filled in', async () => {
    expect(await lab(good)).toMatchObject({
      id: 'a-chapter/a-lab',
      dataset: 'inkwell',
      expect: { Fail: { postgres: ['42P01'] } },
      sources: { dynamodb: good['dynamodb.ts'] },
    });
    expect(await listLabs(root)).toEqual(['a-chapter/a-lab']);
  });

  test('names the extensions that its program creates', async () => {
    const text = `${good['lab.yaml']}extensions: [vector, pg_trgm]\n`;
    expect(await lab({ ...good, 'lab.yaml': text })).toMatchObject({
      extensions: ['vector', 'pg_trgm'],
    });
  });

  test('cannot be shown before it is recorded', async () => {
    await lab(good);
    await expect(loadLab('a-chapter/a-lab', root)).rejects.toThrow(
      'expected.json: not recorded yet: npm run examples -- a-chapter/a-lab --update',
    );
  });
});

describe('a lab with a mistake', () => {
  const yaml = (change: (text: string) => string) =>
    lab({ ...good, 'lab.yaml': change(good['lab.yaml']) });

  test.each([
    ['vektor', /lab.yaml:8: extensions.0: there is no extension 'vektor' .* there are: amcheck, /],
    ['postgis', /lab.yaml:8: extensions.0: PostGIS cannot be loaded: .* on a server/],
  ])('names the extension %s, which cannot be loaded', async (name, message) => {
    await expect(yaml((text) => `${text}extensions: [${name}]\n`)).rejects.toThrow(message);
  });

  test.each([
    [
      'a misspelt field',
      (t: string) => t.replace('summary:', 'sumary:'),
      "lab.yaml:2: 'sumary' is no field; did you mean 'summary'?",
    ],
    ['a missing field', (t: string) => t.replace(/summary:.*\n/, ''), 'lab.yaml:1: summary: '],
    [
      'no check',
      (t: string) => t.replace(/checks:[\s\S]*/, 'checks: []\n'),
      'lab.yaml:5: checks: a lab has at least one check of its own',
    ],
    ['an unknown kind', (t: string) => `${t}kind: demo\n`, 'lab.yaml:8: kind: '],
    [
      'a check without its amount',
      (t: string) => `${t}  - calls: Scan\n`,
      'lab.yaml:8: checks.1: say how much',
    ],
    [
      'a step that is not there',
      (t: string) => t.replace('Fail:', 'Fial:'),
      "lab.yaml:4: no step is named 'Fial'; did you mean 'Fail'?",
    ],
    ['text that is not YAML', (t: string) => `${t}  : : :\n`, 'lab.yaml:8: not YAML'],
  ])('%s is named with its line', async (_what, change, message) => {
    await expect(yaml(change)).rejects.toThrow(message);
  });

  test('a missing file is named', async () => {
    const { 'postgres.sql': _, ...rest } = good;
    await expect(lab(rest)).rejects.toThrow(
      'postgres.sql: the file is missing; a lab has lab.yaml',
    );
  });

  test('a misspelt file is named', async () => {
    await expect(lab({ ...good, 'postgre.sql': '' })).rejects.toThrow(
      "did you mean 'postgres.sql'?",
    );
  });

  test('a misspelt id is named', async () => {
    await lab(good);
    await expect(readLab('a-chapter/a-lap', root)).rejects.toThrow(
      "there is no such lab; did you mean 'a-chapter/a-lab'?",
    );
  });
});
