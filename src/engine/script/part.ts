/** Cuts a TypeScript program to the part of it that is asked for, and compiles it. */
import type { CompiledScript } from '../lab/engines.ts';
import { blanks, type Cut, lineAt, type Part, PartError, stepsTo } from '../lab/part.ts';
import { stepAt } from '../lab/steps.ts';
import { compileScript, type Purpose, topLevel } from './compile.ts';
import { stripTypes } from './strip-types.ts';
import { ScriptSyntaxError } from './syntax.ts';

/** What stands for the whole program wherever it stands: it is set up before the first step. */
const HOISTED = new Set(['ImportDeclaration', 'FunctionDeclaration']);

const NO_MARKER = /^(?!\/\/ step: ).*$/gm;

/**
 * A program, or a part of it, ready to run. Where the program cannot be read because of what stands
 * behind the step of the part, that is left out.
 * @throws {ScriptSyntaxError} as `compileScript`, and {PartError} for a part without any code.
 */
export function cutScript(source: string, part?: Part, purpose?: Purpose): Cut<CompiledScript> {
  if (!part) {
    const program = compileScript(source, undefined, purpose);
    return { program, ran: program.steps.length };
  }
  const at = part.kind === 'step' ? part.at : part.from;
  const step = stepAt(source, 'dynamodb', at);
  return readable(source, step.end, (text) => {
    if (part.kind === 'step') {
      const program = compileScript(text, undefined, purpose);
      return { program, ran: stepsTo(program.steps, lineAt(source, at)) };
    }
    const from = part.from + (/^\s*/.exec(source.slice(part.from, part.to))?.[0].length ?? 0);
    if (from >= part.to) throw new PartError('There is no code in the selection.');
    const only = onlyText(text, from, part.to);
    const program = compileScript(only.source, only.at, purpose);
    const { length } = program.steps;
    const asked = program.steps.findIndex(({ name }, index) => index > 0 && name === '');
    return { program, ran: length, text: { asked, within: step.name } };
  });
}

/** Compiles the whole program or, where that cannot be read, what stands before an offset. */
function readable<T>(source: string, end: number, compile: (text: string) => T): T {
  try {
    return compile(source);
  } catch (error) {
    if (!(error instanceof ScriptSyntaxError) || end === source.length) throw error;
    return compile(source.slice(0, end));
  }
}

/**
 * Blanks over what neither stands before the text, whole, nor is hoisted, nor is the text itself.
 * `at` is where the text's step begins: on the line before it, if that is free, so that what is
 * inserted there moves no column.
 */
function onlyText(source: string, from: number, to: number): { source: string; at: number } {
  const nodes = topLevel(source, stripTypes(source));
  const whole = nodes.findLast(({ end }) => end <= from)?.end ?? 0;
  const gap = source.slice(whole, from).replace(NO_MARKER, blanks);
  let text = source.slice(0, whole) + gap + source.slice(from, to);
  for (const { type, start, end } of nodes) {
    if (start < to || !HOISTED.has(type)) continue;
    text += blanks(source.slice(text.length, start)) + source.slice(start, end);
  }
  const lineBreak = gap.lastIndexOf('\n');
  return { source: text, at: lineBreak === -1 ? from : whole + lineBreak };
}
