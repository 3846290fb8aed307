/** Random actions for the model and the engine alike. */
import fc from 'fast-check';
import { type Item, type ModelTable, plain, things, type Value } from './model.ts';

/** A condition of a write. */
export type When = 'always' | 'exists' | 'absent' | { n: Value };

export type Write =
  | { do: 'put'; table: ModelTable; item: Item; when: When }
  | { do: 'delete'; table: ModelTable; key: Item; when: When }
  | {
      do: 'update';
      table: ModelTable;
      key: Item;
      set: Item;
      remove: string[];
      /** Added to `n`, unless that is set. */
      add: number;
      when: When;
    };

/** A condition without a write, for transactions. */
export interface Check {
  do: 'check';
  table: ModelTable;
  key: Item;
  when: When;
}

export interface Read {
  do: 'query' | 'scan';
  /** Place of the index in the table's list; none where there is no such place. */
  index: number;
  /** The partition that is queried, and what is asked of the sort key. */
  partition: Item;
  sort:
    | { operator: '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN'; low: number; high: number }
    | undefined;
  backward: boolean;
  limit: number;
  segments: number;
  consistent: boolean;
}

export type Action =
  | Write
  | Read
  | { do: 'batch'; writes: Write[] }
  | { do: 'transaction'; writes: Array<Write | Check> }
  | { do: 'get'; table: ModelTable; key: Item; consistent: boolean }
  | { do: 'keep' }
  | { do: 'back' };

/** Tags whose bytes are in another order than their UTF-16 units. */
const tags = ['t', 'u', 'ü', '\uffee', '\u{1f511}'];

/** The five values that a sort key may have, by their places. */
export function sortValue(place: number, type: 'S' | 'N'): Value {
  return type === 'N' ? { N: String(place) } : { S: tags[place] as string };
}

const place = fc.nat({ max: tags.length - 1 });
const small = place.map((n) => sortValue(n, 'N'));
const number = fc.nat({ max: 99 }).map((n): Value => ({ N: String(n) }));

const attributes = {
  pk: fc.constantFrom('a', 'b', 'é').map((S): Value => ({ S })),
  sk: small,
  tag: place.map((n) => sortValue(n, 'S')),
  grade: small,
  n: number,
  note: fc.nat({ max: 5000 }).map((length): Value => ({ S: 'x'.repeat(length) })),
};

for (const table of [things, plain]) {
  // In counterexamples the name says enough.
  Object.defineProperty(table, fc.toStringMethod, { value: () => table.name });
}
const table = fc.constantFrom(things, things, things, plain);
const whole = fc.record(attributes, { requiredKeys: ['pk', 'sk'] });
const some = fc.record(
  {
    tag: attributes.tag,
    grade: attributes.grade,
    n: attributes.n,
    note: attributes.note,
  },
  { requiredKeys: [] },
);

const keyOf = ({ name }: ModelTable): fc.Arbitrary<Item> =>
  name === 'Plain' ? fc.record({ pk: attributes.pk }) : fc.record({ pk: attributes.pk, sk: small });

const when: fc.Arbitrary<When> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('always' as const) },
  { weight: 1, arbitrary: fc.constant('exists' as const) },
  { weight: 1, arbitrary: fc.constant('absent' as const) },
  { weight: 1, arbitrary: number.map((n) => ({ n })) },
);

const put: fc.Arbitrary<Write> = fc
  .record({ table, item: whole, when })
  .map(({ item, ...rest }) => ({ do: 'put', item: item as Item, ...rest }));
const remove: fc.Arbitrary<Write> = table.chain((chosen) =>
  fc.record({
    do: fc.constant('delete' as const),
    table: fc.constant(chosen),
    key: keyOf(chosen),
    when,
  }),
);
const update: fc.Arbitrary<Write> = table.chain((chosen) =>
  fc.record({
    do: fc.constant('update' as const),
    table: fc.constant(chosen),
    key: keyOf(chosen),
    set: some as fc.Arbitrary<Item>,
    remove: fc.subarray(['tag', 'grade', 'note']),
    add: fc.nat({ max: 3 }),
    when,
  }),
);
const check: fc.Arbitrary<Check> = table.chain((chosen) =>
  fc.record({
    do: fc.constant('check' as const),
    table: fc.constant(chosen),
    key: keyOf(chosen),
    when: fc.constantFrom('exists' as const, 'absent' as const),
  }),
);
const write = fc.oneof(
  { weight: 3, arbitrary: put },
  { weight: 3, arbitrary: update },
  { weight: 1, arbitrary: remove },
);

const read: fc.Arbitrary<Action> = fc.record({
  do: fc.constantFrom('query' as const, 'scan' as const),
  index: fc.nat({ max: things.indexes.length }),
  partition: fc.record(attributes) as fc.Arbitrary<Item>,
  sort: fc.option(
    fc.record({
      operator: fc.constantFrom('=', '<', '<=', '>', '>=', 'BETWEEN'),
      low: fc.nat({ max: 4 }),
      high: fc.nat({ max: 4 }),
    }),
    { nil: undefined },
  ) as fc.Arbitrary<Read['sort']>,
  backward: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
  segments: fc.integer({ min: 1, max: 3 }),
  consistent: fc.boolean(),
});

/** Sequences of actions, mostly writes. */
export const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: write as fc.Arbitrary<Action> },
    { weight: 3, arbitrary: read },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.oneof(put, remove), { minLength: 1, maxLength: 6 })
        .map((writes): Action => ({ do: 'batch', writes })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.oneof(put, update, remove, check), { minLength: 1, maxLength: 5 })
        .map((writes): Action => ({ do: 'transaction', writes })),
    },
    {
      weight: 1,
      arbitrary: table.chain((chosen) =>
        fc.record({
          do: fc.constant('get' as const),
          table: fc.constant(chosen),
          key: keyOf(chosen),
          consistent: fc.boolean(),
        }),
      ) as fc.Arbitrary<Action>,
    },
    { weight: 1, arbitrary: fc.constantFrom<Action>({ do: 'keep' }, { do: 'back' }) },
  ),
  { maxLength: 40, size: 'max' },
);
