/** What a lab says of the listed differences between PGlite and a PostgreSQL server, in words. */
import type { Aspect, PostgresDifferences } from '../../config/postgres-difference.ts';

/** What the comparison with a server came to, for one lab. */
export interface Listed {
  /** Each listed difference: where it is and what differs, and the sentence that says why. */
  differs: Array<{ what: string; why: string }>;
  /** Extensions for want of which the server was not asked about the lab. */
  lacks: string[];
}

const ASPECT: Record<Aspect, string> = {
  columns: 'the columns differ',
  rows: 'the rows differ',
  tag: 'the command tag differs',
  notices: 'the messages differ',
  error: 'the error differs',
  plan: 'the plan differs',
  cost: 'the figures of the plan differ',
};

/** What is listed about a lab, in the list's order. */
export function listedFor(lab: string, { differences, unverified }: PostgresDifferences): Listed {
  return {
    differs: differences
      .filter((entry) => entry.lab === lab)
      .map(({ step, statement, differs, why }) => {
        return { what: `${placeOf(step, statement)}: ${ASPECT[differs]}`, why };
      }),
    lacks: unverified.filter((entry) => entry.lab === lab).map(({ extension }) => extension),
  };
}

/** Where it is, as a reader finds it in the lab. */
function placeOf(step: string, statement: number): string {
  if (step === 'checks') return `Query ${statement} of the checks`;
  return `${step === '' ? 'Set-up' : `Step “${step}”`}, statement ${statement}`;
}
