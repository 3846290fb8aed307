/** The console of a learner's program: Node's formatting, cut where the limits of a run are reached. */
import { formatWithOptions, inspect } from 'node-inspect-extracted';
import type { ConsoleLine } from '../../lab/result.ts';
import { CONSOLE_CUT, LIMITS } from '../protocol.ts';
import { formatTable } from './console-table.ts';

type Level = ConsoleLine['level'];

/** Items are nested deeper than Node's two levels, and a reader wants to see them whole. */
const OPTIONS = { depth: 10, breakLength: 80 };

/** A console whose lines go to `print`. */
export function createConsole(print: (level: Level, text: string) => void): Partial<Console> {
  const budget = new Budget();
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  let indent = '';
  const write = (level: Level, text: string) => {
    for (const part of budget.spend(indent + text.replaceAll('\n', `\n${indent}`))) {
      print(level, part);
    }
  };
  const line =
    (level: Level) =>
    (...values: unknown[]) =>
      write(level, formatWithOptions(OPTIONS, ...values));
  const elapsed = (label: string) =>
    `${label}: ${Math.round(now() - (starts.get(label) ?? now()))}ms`;
  const log = line('log');
  const group = (...values: unknown[]) => {
    if (values.length > 0) log(...values);
    indent += '  ';
  };
  return {
    log,
    debug: log,
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    trace: (...values) => line('error')(new Error(formatWithOptions(OPTIONS, ...values))),
    dir: (value, options) => write('log', inspect(value, { ...OPTIONS, ...options })),
    dirxml: log,
    table: (data: unknown, columns?: readonly string[]) => {
      write('log', formatTable(data, columns) ?? formatWithOptions(OPTIONS, data));
    },
    assert(condition, ...values) {
      if (condition) return;
      const text = formatWithOptions(OPTIONS, ...values);
      write('error', text === '' ? 'Assertion failed' : `Assertion failed: ${text}`);
    },
    group,
    groupCollapsed: group,
    groupEnd() {
      indent = indent.slice(2);
    },
    count(label = 'default') {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      write('log', `${label}: ${count}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void starts.set(label, now()),
    timeLog: (label = 'default') => write('log', elapsed(label)),
    timeEnd(label = 'default') {
      write('log', elapsed(label));
      starts.delete(label);
    },
    clear() {},
  };
}

const now = performance.now.bind(performance);

/** What may still be printed in this run. */
class Budget {
  private length: number = LIMITS.consoleLength;
  private lines: number = LIMITS.consoleLines;
  private isSpent = false;

  /** The text, or what there is room for and the line that says so, or nothing. */
  spend(text: string): string[] {
    if (this.isSpent) return [];
    const lines = text.split('\n');
    if (text.length <= this.length && lines.length <= this.lines) {
      this.length -= text.length;
      this.lines -= lines.length;
      return [text];
    }
    this.isSpent = true;
    const rest = lines.slice(0, this.lines).join('\n').slice(0, this.length);
    return rest === '' ? [CONSOLE_CUT] : [rest, CONSOLE_CUT];
  }
}
