/** A lab as files that run without the site: the programs as they are, and what they need. */
import manifest from '../../../../package.json';
import { DIALECT_FILES, DIALECTS, type Program } from '../../../engine/lab/dialects.ts';
import type { Side } from '../../../engine/lab/result.ts';
import type { LabData } from '../runs.ts';
import seed from './seed.ts?raw';

/** A file of a workspace. */
export interface OutsideFile {
  name: string;
  text: string;
  /** It runs before the others. */
  first: boolean;
}

/** What is asked for as files. */
export interface Outside {
  lab: Pick<LabData, 'id' | 'dataset' | 'expect' | 'world' | 'extensions' | 'main'>;
  title: string;
  /** The programs, with the reader's edits; a side that the lab does not have is not there. */
  sources: Partial<Record<Program, string>>;
  /** Of a workspace: all files of each side, in the place of its program. */
  files?: Record<Side, readonly OutsideFile[]>;
  /** The dataset: a script for PostgreSQL, and tables and items for DynamoDB as JSON. */
  dataset: { postgres: string; dynamodb: string };
}

const SDK = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
] as const;

/** An address that nothing of AWS has, and credentials that nobody has. */
const ENVIRONMENT = `# Where dynamodb.ts, dynamodb.sh and seed.ts go: to this machine and not to AWS.
AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000
AWS_ENDPOINT_URL_DYNAMODB_STREAMS=http://127.0.0.1:8000
AWS_REGION=us-east-1
AWS_ACCESS_KEY_ID=none
AWS_SECRET_ACCESS_KEY=none
AWS_PAGER=
`;

/** What a program for both databases may import beside the SDK: those that it names go along. */
const FURTHER = [
  '@aws-sdk/client-dynamodb-streams',
  'drizzle-orm',
  'electrodb',
  'pg',
] as const satisfies ReadonlyArray<keyof typeof manifest.devDependencies>;

/** The database that the README has the reader make. */
const FOR_POSTGRES = `# Where main.ts finds PostgreSQL; a password, where it needs one, is PGPASSWORD.
PGHOST=127.0.0.1
PGDATABASE=keys_and_joins
`;

/** The files by their names, in the order in which a reader needs them. */
export function outsideFiles(outside: Outside): Record<string, string> {
  const { lab, sources, dataset } = outside;
  const files: Record<string, string> = { 'README.md': readme(outside) };
  for (const { path, text } of programs(outside, 'dynamodb')) files[path] = text;
  for (const dialect of DIALECTS) {
    const text = sources[dialect];
    if (text !== undefined) files[DIALECT_FILES[dialect].file] = text;
  }
  if (sources.dynamodb !== undefined) {
    files['seed.ts'] = seed;
    files['local.env'] = lab.main
      ? ENVIRONMENT.replace('dynamodb.ts, dynamodb.sh', 'main.ts') + FOR_POSTGRES
      : ENVIRONMENT;
    files['package.json'] = packageJson(outside);
    files[`dataset/${lab.dataset}.json`] = dataset.dynamodb;
  }
  for (const { path, text } of programs(outside, 'postgres')) files[path] = text;
  if (sources.postgres !== undefined || lab.main) {
    files[`dataset/${lab.dataset}.sql`] = dataset.postgres;
  }
  return files;
}

const PROGRAMS: Record<Side, string> = { dynamodb: 'dynamodb.ts', postgres: 'postgres.sql' };

/** The program of a side, or the files of a workspace, in the order in which they run. */
function programs(
  { lab, sources, files }: Outside,
  side: Side,
): Array<{ path: string; text: string }> {
  const own = files?.[side];
  if (own) {
    const ordered = [...own.filter(({ first }) => first), ...own.filter(({ first }) => !first)];
    return ordered.map(({ name, text }) => ({ path: `${side}/${name}`, text }));
  }
  const text = sources[side];
  return text === undefined ? [] : [{ path: lab.main ? 'main.ts' : PROGRAMS[side], text }];
}

function packageJson(outside: Outside): string {
  const { id, dataset, main } = outside.lab;
  const { dynamodb: source = '' } = outside.sources;
  const further = FURTHER.filter((name) => source.includes(`from '${name}`));
  // Drizzle ORM leaves the driver to those who use it.
  if (further.includes('drizzle-orm') && !further.includes('pg')) further.push('pg');
  const run = 'node --env-file=local.env';
  const all = programs(outside, 'dynamodb').map(({ path }) => `${run} ${path}`);
  const content = {
    name: id.replace('/', '-'),
    private: true,
    type: 'module',
    engines: { node: '>=24' },
    scripts: {
      seed: `${run} seed.ts dataset/${dataset}.json`,
      [main ? 'main' : 'dynamodb']: all.join(' && '),
    },
    dependencies: Object.fromEntries(
      [...SDK, ...further].map((name) => [name, manifest.devDependencies[name]]),
    ),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function readme(outside: Outside): string {
  const { lab, title, sources } = outside;
  const failing = (side: Side) => {
    const steps = Object.entries(lab.expect).filter(([, codes]) => codes[side] !== undefined);
    return steps.map(([name, codes]) => `- ${name}: ${codes[side]?.join(', ')}`).join('\n');
  };
  const parts = [`# ${title}\n\nThe lab \`${lab.id}\` of Keys & Joins, as it was in the page.`];
  if (lab.main) {
    const both = (['dynamodb', 'postgres'] as const).map(failing).filter(Boolean).join('\n');
    return `${[...parts, mainPart(outside, both)].join('\n\n')}\n`;
  }
  if (sources.dynamodb !== undefined)
    parts.push(dynamodbPart(lab, failing('dynamodb')), ...dialectParts(sources));
  if (sources.postgres !== undefined) parts.push(postgresPart(outside, failing('postgres')));
  return `${parts.join('\n\n')}\n`;
}

/** What answers like DynamoDB on this machine: one or the other. */
const SERVERS = `    docker run --rm -p 8000:8000 amazon/dynamodb-local -jar DynamoDBLocal.jar -sharedDb

or the emulator of the guide, in a clone of its repository:

    npm run emulator`;

const OTHER_WORLD =
  'In the page something happens around DynamoDB in this lab, as its summary says. DynamoDB Local has none of that: the answers may differ.';

/** How a program for both databases is run. */
function mainPart({ lab: { dataset, world } }: Outside, failing: string): string {
  const parts = [
    `You need Node 24, something that answers like DynamoDB on port 8000, and PostgreSQL 18 with psql. For DynamoDB that is either DynamoDB Local:

${SERVERS}

Then, in this folder:

    npm install
    npm run seed
    createdb keys_and_joins
    psql -d keys_and_joins -f dataset/${dataset}.sql
    npm run main

\`local.env\` sends the program to this machine: without it the SDK would go to the AWS account that you are signed in to. To begin anew, end the DynamoDB and start it again, \`dropdb keys_and_joins\`, and all of it once more.

The page shows what each request and each statement was answered; outside of it you see only what the program prints.`,
  ];
  if (failing !== '') {
    parts.push(`These steps are meant to fail:

${failing}

The page goes on after them. Node ends the program at the first error that it does not catch: to see what comes behind it, put \`try\` and \`catch\` round it.`);
  }
  if (world) parts.push(OTHER_WORLD);
  return parts.join('\n\n');
}

/** How the dialects that a lab offers are run. */
function dialectParts({ partiql, cli }: Outside['sources']): string[] {
  const parts: string[] = [];
  if (cli !== undefined) {
    parts.push(`### dynamodb.sh

The same for the AWS CLI, version 2, when the tables are there:

    set -a; . ./local.env; set +a
    sh dynamodb.sh`);
  }
  if (partiql !== undefined) {
    parts.push(`### dynamodb.partiql

The same in PartiQL. No program runs such a file: each statement is one for the PartiQL editor of the AWS console or of NoSQL Workbench, or for the AWS CLI without its semicolon:

    aws dynamodb execute-statement --statement "SELECT ..."`);
  }
  return parts;
}

function dynamodbPart({ dataset, world }: Outside['lab'], failing: string): string {
  const parts = [
    `## DynamoDB

You need Node 24, and something that answers like DynamoDB on port 8000. That is either DynamoDB Local:

${SERVERS}

Then, in this folder:

    npm install
    npm run seed
    npm run dynamodb

\`npm run seed\` makes the tables of the dataset and fills them. It is not needed when the emulator was started with \`npm run emulator -- --dataset ${dataset}\`. To begin anew, end the server and start it again: both keep everything in memory.

\`local.env\` sends the programs to this machine. Without it the SDK would go to the AWS account that you are signed in to.

The page shows what each request was answered; outside of it you see only what the program prints.`,
  ];
  if (failing !== '') {
    parts.push(`These steps are meant to fail:

${failing}

The page goes on after them. Node ends the program at the first one: to see what comes behind it, put \`try\` and \`catch\` round its request.`);
  }
  if (world) parts.push(OTHER_WORLD);
  return parts.join('\n\n');
}

function postgresPart(outside: Outside, failing: string): string {
  const { dataset, extensions = [] } = outside.lab;
  const run = programs(outside, 'postgres').map(
    ({ path }) => `    psql -d keys_and_joins -f ${path}`,
  );
  const parts = [
    `## PostgreSQL

You need PostgreSQL 18 and psql:

    createdb keys_and_joins
    psql -d keys_and_joins -f dataset/${dataset}.sql
${run.join('\n')}

To begin anew, \`dropdb keys_and_joins\`, and all of it once more.`,
  ];
  if (extensions.length > 0) {
    parts.push(`The server must have what it creates: ${extensions.join(', ')}.`);
  }
  if (failing !== '') {
    parts.push(`These steps are meant to fail; psql says so and goes on:\n\n${failing}`);
  }
  return parts.join('\n\n');
}
