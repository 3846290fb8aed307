/** Which play an address asks for, and the address of a play. */
import { inOrder, OrderError } from '../../engine/sessions/orders.ts';
import type { Recording } from '../../engine/sessions/recording.ts';
import { type NamedScenario, stepsOf } from '../../engine/sessions/scenario.ts';
import { type Choice, levelName, levelOfSlug, levelSlug } from './data.ts';

/** What an address asks for; `problem` says why it cannot be shown, and then it is the default. */
export interface Asked {
  choice: Choice;
  problem?: string;
}

/** `level=serializable&order=AABB`. */
export function choiceText({ level, order }: Choice): string {
  return new URLSearchParams({ level: levelSlug(level), order }).toString();
}

/**
 * The address of a play. An explorer that is the page's own has it in the query, one among others
 * behind its name in the fragment: `#lost-update&level=serializable&order=AABB`.
 */
export function choiceHref(choice: Choice, fragment: string | undefined): string {
  const text = choiceText(choice);
  return fragment === undefined ? `?${text}` : `#${fragment}&${text}`;
}

/** The part of an address that asks for a play; undefined when it asks for none. */
export function askedText(
  { search, hash }: Pick<Location, 'search' | 'hash'>,
  fragment: string | undefined,
): string | undefined {
  if (fragment !== undefined) {
    const start = `#${fragment}&`;
    return hash.startsWith(start) ? hash.slice(start.length) : undefined;
  }
  const query = new URLSearchParams(search);
  return query.has('order') || query.has('level') ? search.slice(1) : undefined;
}

/** Reads what an address asks for; what it leaves out is as in `first`. */
export function readAsked(
  text: string,
  scenario: NamedScenario,
  recording: Recording,
  first: Choice,
): Asked {
  const query = new URLSearchParams(text);
  const levelText = query.get('level');
  const level = levelText === null ? first.level : levelOfSlug(levelText);
  const order = query.get('order') ?? first.order;
  const refuse = (problem: string): Asked => ({ choice: first, problem });
  if (level === undefined || !scenario.levels.includes(level)) {
    const levels = scenario.levels.map((each) => levelSlug(each)).join(', ');
    return refuse(`The link asks for level “${levelText}”. This scenario has: ${levels}.`);
  }
  try {
    inOrder(stepsOf(scenario, level), order);
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return refuse(`The link asks for an order that cannot be: ${error.message}`);
  }
  if (recording.play(level, order) === undefined) {
    return refuse(
      `The order ${order} is possible, but was not recorded at ${levelName(level).toLowerCase()}.`,
    );
  }
  return { choice: { level, order } };
}
