/** A scenario: two or three sessions with their steps, and the isolation levels to try them at. */
import type * as z from 'zod';
import type { Level } from './conditions.ts';
import { allOrders } from './orders.ts';
import { type PlayStep, SESSION_NAMES, type SessionName, type StepId } from './play.ts';
import type { scenarioSchema } from './scenario-schema.ts';

/** Above so many interleavings, a scenario names the orders that are recorded. */
export const MOST_ORDERS = 300;

/** A scenario as read. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** A scenario with its name (its folder) and the program of the DynamoDB side. */
export interface NamedScenario extends Scenario {
  name: string;
  /** dynamodb.ts. */
  program: string;
}

/** How many steps each session has. */
export function lengthsOf({ sessions }: Pick<Scenario, 'sessions'>): number[] {
  return SESSION_NAMES.map((name) => sessions[name]?.length ?? 0);
}

/** Names of the sessions that there are. */
export function sessionsOf({ sessions }: Pick<Scenario, 'sessions'>): SessionName[] {
  return SESSION_NAMES.filter((name) => sessions[name] !== undefined);
}

/** The statements as they are sent at a level, session by session. */
export function stepsOf({ sessions }: Pick<Scenario, 'sessions'>, at: Level): PlayStep[] {
  return SESSION_NAMES.flatMap((session) =>
    (sessions[session] ?? []).map(({ sql }, index) => ({
      id: `${session}${index + 1}` as StepId,
      session,
      sql: sql.replaceAll('{level}', at.toUpperCase()),
    })),
  );
}

/** The orders that are recorded. */
export function ordersOf(scenario: Pick<Scenario, 'sessions' | 'orders'>): string[] {
  if (scenario.orders) return scenario.orders.map(({ order: each }) => each);
  const { A, B, C } = scenario.sessions;
  return allOrders({ A: A.length, B: B.length, C: C?.length ?? 0 });
}
