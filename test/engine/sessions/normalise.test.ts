/** Answers without what differs from run to run: names in place of the numbers of processes, transactions, tables. */
import { protocol } from '@electric-sql/pglite';
import { describe, expect, test } from 'vitest';
import {
  AnswerCollector,
  notificationText,
  stepMessage,
} from '../../../src/engine/sessions/collect.ts';
import { type Names, normalise } from '../../../src/engine/sessions/normalise.ts';

const names: Names = {
  pids: new Map([
    ['4711', 'A'],
    ['4712', 'B'],
  ]),
  xids: new Map([
    ['742', 'A'],
    ['743', 'A#2'],
  ]),
  oids: new Map([
    ['16385', 'accounts'],
    ['5', 'postgres'],
  ]),
};

describe('a normalised answer', () => {
  test('names the processes and transactions of a deadlock', () => {
    const error = {
      code: '40P01',
      message: 'deadlock detected',
      detail:
        'Process 4711 waits for ShareLock on transaction 743; blocked by process 4712.\nProcess 4712 waits for AccessShareLock on relation 16385 of database 5; blocked by process 4711.',
      hint: 'See server log for query details.',
    };
    expect(normalise({ tag: '', error }, names).error).toEqual({
      ...error,
      detail:
        'Process A waits for ShareLock on transaction A#2; blocked by process B.\nProcess B waits for AccessShareLock on relation accounts of database postgres; blocked by process A.',
    });
  });

  test('of a virtual transaction says no more than that it is one', () => {
    const notices = ['WARNING: ShareLock on virtual transaction 4/742'];
    expect(normalise({ tag: '', notices }, names).notices).toEqual([
      'WARNING: ShareLock on virtual transaction',
    ]);
  });

  test('names them in columns that hold such a number, and leaves every other alone', () => {
    const answer = {
      tag: 'SELECT 1',
      columns: ['pid', 'pg_blocking_pids', 'xmin', 'balance', 'xmax'],
      rows: [['4711', '{4712,4711}', '742', '742', null]],
    };
    expect(normalise(answer, names)).toEqual({
      ...answer,
      rows: [['A', '{B,A}', 'A', '742', null]],
    });
  });

  test('keeps a number of which nobody knows the name', () => {
    const answer = { tag: 'SELECT 1', columns: ['xmin'], rows: [['9']], notices: ['process 9'] };
    expect(normalise(answer, names)).toEqual(answer);
  });

  test('is another: the answer itself stays as it was', () => {
    const answer = { tag: 'SELECT 1', columns: ['pid'], rows: [['4711']] };
    normalise(answer, names);
    expect(answer.rows).toEqual([['4711']]);
  });
});

/** A message of the server, as its bytes. */
function message(type: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = 4 + parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(1 + length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setInt32(1, length);
  let at = 5;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
const text = (value: string) => new TextEncoder().encode(`${value}\0`);

/** What a statement answered whose messages these are. */
function collected(...messages: Array<Uint8Array<ArrayBuffer>>) {
  const collector = new AnswerCollector();
  const parser = new protocol.Parser();
  for (const bytes of messages) parser.parse(bytes, (each) => collector.add(each));
  return collector.answer;
}

describe('an answer is gathered', () => {
  const tag = message('C', text('UPDATE 1'));
  const notice = (severity: string, said: string) =>
    message('N', text(`S${severity}`), text(`C00000`), text(`M${said}`), new Uint8Array(1));
  const error = message(
    'E',
    text('SERROR'),
    text('C40P01'),
    text('Mdeadlock detected'),
    text('HSee server log for query details.'),
    new Uint8Array(1),
  );

  test('with its tag and notices, and without what is said to whoever runs the server', () => {
    expect(collected(notice('LOG', 'still waiting'), notice('WARNING', 'careful'), tag)).toEqual({
      tag: 'UPDATE 1',
      notices: ['WARNING: careful'],
    });
  });

  test('with its error, and without what came before that', () => {
    expect(collected(tag, notice('NOTICE', 'so far'), error)).toEqual({
      tag: '',
      notices: ['NOTICE: so far'],
      error: {
        code: '40P01',
        message: 'deadlock detected',
        hint: 'See server log for query details.',
      },
    });
  });
});

test('a notification is told as psql tells it', () => {
  const base = { length: 0, name: 'notification', processId: 4712 } as const;
  expect(notificationText({ ...base, channel: 'jobs', payload: '' })).toBe(
    'NOTIFY: Asynchronous notification "jobs" received from server process 4712',
  );
  expect(notificationText({ ...base, channel: 'jobs', payload: '7' })).toContain(
    '"jobs" with payload "7" received',
  );
});

test('a step is sent as one query, and a COPY is told that there are no data', () => {
  const sent = Buffer.from(stepMessage('SELECT 1')).toString('latin1');
  expect(sent).toMatch(/^Q.{4}SELECT 1\0f.{4}a step of a play has no data for COPY\0$/s);
});
