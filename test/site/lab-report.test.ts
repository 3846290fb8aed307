/** The report of a mistake: the form is filled in with what the page knows, once. */
import { expect, test } from 'vitest';
import { withFacts } from '@/components/lab/report.ts';

const LINK =
  'https://example.org/me/it/issues/new?title=A+mistake&body=Lab%3A+examples%2Fa%2Fb%0A%0AWhat+it+says%3A%0A';
const facts = {
  page: 'https://example.org/guide/a/#b--first',
  shown: ['DynamoDB: ran here', 'PostgreSQL: recorded output'],
  edited: [],
  browser: 'Browser/1',
};

const bodyOf = (address: string) => new URL(address).searchParams.get('body');

test('stands behind what the reader is asked', () => {
  expect(bodyOf(withFacts(LINK, facts))).toBe(`Lab: examples/a/b

What it says:

Page: https://example.org/guide/a/#b--first
Shown: DynamoDB: ran here
Shown: PostgreSQL: recorded output
Edited: nothing
Browser: Browser/1
`);
});

test('takes the place of what was filled in before', () => {
  const again = withFacts(withFacts(LINK, facts), { ...facts, edited: ['SQL of “First”'] });
  expect(bodyOf(again)?.match(/^Page: /gm)).toHaveLength(1);
  expect(bodyOf(again)).toContain('Edited: SQL of “First”\n');
  expect(new URL(again).searchParams.get('title')).toBe('A mistake');
});
