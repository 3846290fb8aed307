/** A lab as files: what is in them, and what the README says of what is different outside. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Outside, outsideFiles } from '@/components/lab/outside/files.ts';

const lab: Outside = {
  lab: {
    id: 'acid-transactions/place-order',
    dataset: 'inkwell',
    expect: {
      'None left': { dynamodb: ['TransactionCanceledException'], postgres: ['P0001', '25P02'] },
    },
  },
  title: 'Place an order',
  sources: { dynamodb: 'await 1;\n', postgres: 'SELECT 1;\n' },
  dataset: { postgres: 'CREATE TABLE t ();', dynamodb: '{"tables":[],"items":{}}' },
};

describe('the files of a lab', () => {
  test('are its programs, the dataset and what they need', () => {
    const files = outsideFiles(lab);
    expect(Object.keys(files)).toEqual([
      'README.md',
      'dynamodb.ts',
      'seed.ts',
      'local.env',
      'package.json',
      'dataset/inkwell.json',
      'postgres.sql',
      'dataset/inkwell.sql',
    ]);
    expect(files['dynamodb.ts']).toBe('await 1;\n');
    expect(files['postgres.sql']).toBe('SELECT 1;\n');
  });

  test('of a workspace are all of its files, in the order in which they run', () => {
    const file = (name: string, first: boolean) => ({ name, text: `-- ${name}\n`, first });
    const files = outsideFiles({
      ...lab,
      files: {
        dynamodb: [file('query.ts', false)],
        postgres: [file('query.sql', false), file('schema.sql', true)],
      },
    });
    expect(files['postgres/schema.sql']).toBe('-- schema.sql\n');
    expect(files['postgres.sql']).toBeUndefined();
    const readme = files['README.md'] ?? '';
    expect(readme.indexOf('-f postgres/schema.sql')).toBeGreaterThan(0);
    expect(readme.indexOf('-f postgres/query.sql')).toBeGreaterThan(
      readme.indexOf('-f postgres/schema.sql'),
    );
    expect(files['package.json']).toContain('dynamodb/query.ts');
  });

  test('name the versions of the SDK that the site is tested with', async () => {
    const { dependencies } = JSON.parse(outsideFiles(lab)['package.json'] ?? '');
    const own = JSON.parse(await readFile('package.json', 'utf8')).devDependencies;
    expect(Object.keys(dependencies)).toHaveLength(3);
    for (const [name, version] of Object.entries(dependencies)) expect(version).toBe(own[name]);
  });

  test('never send a program to AWS by themselves', () => {
    const files = outsideFiles(lab);
    expect(files['local.env']).toContain('AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000\n');
    const { scripts } = JSON.parse(files['package.json'] ?? '');
    for (const script of Object.values(scripts)) expect(script).toContain('--env-file=local.env');
  });

  test('of one side are without those of the other', () => {
    const files = outsideFiles({ ...lab, sources: { postgres: 'SELECT 1;' } });
    expect(Object.keys(files)).toEqual(['README.md', 'postgres.sql', 'dataset/inkwell.sql']);
    expect(files['README.md']).not.toContain('DynamoDB');
  });

  test('of one program for both databases are that, both datasets and the packages that it imports', () => {
    const files = outsideFiles({
      ...lab,
      lab: { ...lab.lab, main: true },
      sources: { dynamodb: "import { drizzle } from 'drizzle-orm/node-postgres';\n" },
    });
    expect(Object.keys(files)).toEqual([
      'README.md',
      'main.ts',
      'seed.ts',
      'local.env',
      'package.json',
      'dataset/inkwell.json',
      'dataset/inkwell.sql',
    ]);
    expect(files['local.env']).toContain('PGDATABASE=keys_and_joins\n');
    const { scripts, dependencies } = JSON.parse(files['package.json'] ?? '');
    expect(scripts.main).toBe('node --env-file=local.env main.ts');
    expect(Object.keys(dependencies)).toContain('drizzle-orm');
    expect(Object.keys(dependencies)).toContain('pg');
    expect(Object.keys(dependencies)).not.toContain('electrodb');
    expect(files['README.md']).toContain('- None left: TransactionCanceledException');
    expect(files['README.md']).toContain('- None left: P0001, 25P02');
    expect(files['README.md']).toContain('    npm run main\n');
  });

  test('have those of the dialects, and how they are run', () => {
    const sources = { ...lab.sources, partiql: 'SELECT 1;', cli: 'aws dynamodb list-tables\n' };
    const files = outsideFiles({ ...lab, sources });
    expect(files['dynamodb.sh']).toBe('aws dynamodb list-tables\n');
    expect(files['dynamodb.partiql']).toBe('SELECT 1;');
    expect(files['README.md']).toContain('    sh dynamodb.sh\n');
    expect(files['README.md']).toContain('aws dynamodb execute-statement');
    expect(files['local.env']).toContain('AWS_PAGER=\n');
  });
});

describe('the README', () => {
  test('says which steps are meant to fail, and how', () => {
    const readme = outsideFiles(lab)['README.md'];
    expect(readme).toContain('- None left: TransactionCanceledException');
    expect(readme).toContain('- None left: P0001, 25P02');
  });

  test('says what the other server must have, and what only the page has', () => {
    const own = {
      ...lab.lab,
      extensions: ['vector'],
      world: { advance: {}, regions: ['eu-west-1'] },
    };
    const readme = outsideFiles({ ...lab, lab: own })['README.md'];
    expect(readme).toContain('The server must have what it creates: vector.');
    expect(readme).toContain('DynamoDB Local has none of that');
    expect(outsideFiles(lab)['README.md']).not.toContain('DynamoDB Local has none of that');
  });
});
