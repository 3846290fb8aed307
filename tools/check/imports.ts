/** Checks that imports point the way that `import-rules.ts` says. */
import { existsSync, statSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, matchesGlob, relative, sep } from 'node:path';
import { IMPORT_RULES, type ImportRule } from './import-rules.ts';
import { READABLE, readImports, UnreadableFileError } from './read-imports.ts';

/** An import that a rule forbids, or a file that could not be read. */
export interface ImportFinding {
  /** Relative to the root that was checked, with `/`. */
  file: string;
  line: number;
  rule: string;
  message: string;
}

/** What an import points at. */
type Target = { of: 'files' | 'packages'; path: string };

const EXTENSIONS = ['', '.ts', '.tsx', '.astro', '.mdx', '.js', '/index.ts', '/index.tsx'];

/** The file behind a path without an extension or of a folder, as the bundler finds it. */
function fileAt(root: string, path: string): string {
  const isFile = (candidate: string) => {
    const full = join(root, candidate);
    return existsSync(full) && statSync(full).isFile();
  };
  const extension = EXTENSIONS.find((end) => isFile(path + end));
  return extension === undefined ? path : path + extension;
}

/** Resolves a specifier: relative, `@/` (src) and `/` (the root) are files, all else is a package. */
function resolve(root: string, file: string, specifier: string): Target {
  const bare = specifier.replace(/[?#].*$/, '');
  const posix = (path: string) => path.split(sep).join('/');
  if (bare.startsWith('.')) {
    const path = posix(relative(root, join(root, dirname(file), bare)));
    return { of: 'files', path: fileAt(root, path) };
  }
  if (bare === '@' || bare.startsWith('@/')) {
    return { of: 'files', path: fileAt(root, posix(join('src', bare.slice(2)))) };
  }
  if (bare.startsWith('/')) return { of: 'files', path: fileAt(root, posix(bare.slice(1))) };
  return { of: 'packages', path: bare };
}

function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((pattern) => matchesGlob(path, pattern));
}

/** The lab or dataset that a file of `examples` belongs to: its first three folders. */
function labOf(file: string): string {
  return file.split('/').slice(0, 3).join('/');
}

function breaks(rule: ImportRule, file: string, target: Target): boolean {
  if (rule.of !== target.of || !matches(file, rule.from)) return false;
  if (rule.except && matches(file, rule.except)) return false;
  if (rule.about && !matches(target.path, rule.about)) return false;
  if (rule.never && matches(target.path, rule.never)) return true;
  if (!rule.only) return false;
  const allowed = rule.only.map((pattern) => pattern.replace('{lab}', labOf(file)));
  return !matches(target.path, allowed);
}

/**
 * Every import below `root` that breaks a rule, by file and line. A file that cannot be parsed is
 * a finding too: nothing is passed unread.
 */
export async function checkImports(
  root: string,
  rules: readonly ImportRule[] = IMPORT_RULES,
): Promise<ImportFinding[]> {
  const findings: ImportFinding[] = [];
  const files: string[] = [];
  for await (const file of glob('{src,examples,test,tools}/**/*', { cwd: root })) {
    const path = file.split(sep).join('/');
    if (READABLE.test(path) && statSync(join(root, path)).isFile()) files.push(path);
  }
  for (const file of files.sort()) {
    try {
      const text = await readFile(join(root, file), 'utf8');
      for (const { specifier, line } of readImports(file, text)) {
        const target = resolve(root, file, specifier);
        for (const rule of rules.filter((candidate) => breaks(candidate, file, target))) {
          const message = `imports '${specifier}', but ${rule.because}`;
          findings.push({ file, line, rule: rule.name, message });
        }
      }
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      findings.push({ file, line: error.line, rule: 'readable', message: error.message });
    }
  }
  return findings;
}

/** A finding as one line, as compilers print it. */
export function describeFinding({ file, line, rule, message }: ImportFinding): string {
  return `${file}:${line}: ${message} (${rule})`;
}
