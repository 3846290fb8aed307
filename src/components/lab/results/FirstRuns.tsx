/** What the files did that ran before the program: a line each, and the error that ended them. */
import type { FirstRun, ScriptError, Side } from '../../../engine/lab/result.ts';
import { count } from '../names.ts';
import { ErrorBox } from './ErrorBox.tsx';

interface Props {
  side: Side;
  files: readonly FirstRun[];
  /** The program did not start because of it; without a file it is the program's own. */
  error?: ScriptError | undefined;
}

/** Readers of a lab without such files never see it. */
export function FirstRuns({ side, files, error }: Props) {
  const noun = side === 'postgres' ? 'statement' : 'request';
  const ran = files.filter(({ file }) => file !== error?.file);
  return (
    <div class="kj-output" data-status={error?.file ? 'failed' : 'ok'}>
      {ran.length > 0 && (
        <p class="kj-fact">
          {`Ran first: ${ran.map(({ file, did }) => `${file} (${count(did, noun)})`).join(', ')}. Not counted below.`}
        </p>
      )}
      {error?.file && (
        <ErrorBox code={error.name} message={error.message} facts={['Nothing behind it was run.']}>
          <button
            type="button"
            class="kj-quiet"
            data-show-file={error.file}
            data-line={error.line}
            data-column={error.column}
            data-message={error.message}
          >
            {error.line === undefined
              ? `Show ${error.file}`
              : `Show ${error.file}, line ${error.line}`}
          </button>
        </ErrorBox>
      )}
    </div>
  );
}
