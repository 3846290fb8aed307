/** The files of a side as tabs above its code, and what can be done with them. */
import type { Side } from '../../engine/lab/result.ts';
import { SIDE_NAMES } from '../lab/names.ts';
import { LONGEST_FILE_NAME, type WorkspaceFile } from './workspace.ts';

interface Props {
  side: Side;
  files: readonly WorkspaceFile[];
  /** The one whose code is shown. */
  shown: number;
  /** The id of the element that shows it; absent before the tabs work. */
  panel?: string;
  /** Those that run first have run: what they made has stayed. */
  isDone?: boolean;
  /** A name is being asked for. */
  renaming?: boolean;
}

/** The id of a tab. */
export const tabId = (panel: string, index: number) => `${panel}-tab-${index}`;

/** Drawn when the page is built, and by the playground's program, which answers the presses. */
export function FileTabs({ side, files, shown, panel, isDone = false, renaming = false }: Props) {
  const { name } = SIDE_NAMES[side];
  const file = files[shown];
  const before = files.slice(0, shown).filter(({ first }) => first);
  return (
    <>
      <div class="kj-files-bar">
        <div role="tablist" aria-label={`${name} files`}>
          {files.map((each, index) => (
            <button
              key={each.name}
              type="button"
              role="tab"
              id={panel && tabId(panel, index)}
              aria-controls={panel}
              aria-selected={index === shown ? 'true' : 'false'}
              tabIndex={index === shown ? 0 : -1}
              data-file={index}
            >
              {each.name}
              {each.first && <small> runs first</small>}
            </button>
          ))}
        </div>
        <button type="button" data-file-act="add" aria-label={`Add a file for ${name}`}>
          + File
        </button>
        <button type="button" data-import={side} aria-label={`Import into ${name}`}>
          Import
        </button>
        <details class="kj-menu" data-file-menu>
          <summary>
            File<span class="kj-hidden">: {file?.name}</span>
          </summary>
          <ul>
            <li>
              <button
                type="button"
                data-file-act="first"
                aria-pressed={file?.first ? 'true' : 'false'}
              >
                Runs first
              </button>
            </li>
            <li>
              <button type="button" data-file-act="rename">
                Rename
              </button>
            </li>
            <li>
              <button type="button" data-file-act="left" disabled={!canMove(files, shown, -1)}>
                Move left
              </button>
            </li>
            <li>
              <button type="button" data-file-act="right" disabled={!canMove(files, shown, 1)}>
                Move right
              </button>
            </li>
            <li>
              <button type="button" data-file-act="delete" disabled={files.length === 1}>
                Delete
              </button>
            </li>
          </ul>
        </details>
      </div>
      {renaming && (
        <form data-file-name>
          <label>
            New name of {file?.name}
            <input
              type="text"
              required
              maxLength={LONGEST_FILE_NAME}
              autocomplete="off"
              defaultValue={file?.name}
            />
          </label>
          <button type="submit">Rename it</button>
          <button type="button" data-file-act="cancel">
            Cancel
          </button>
        </form>
      )}
      {before.length > 0 && (
        <p class="kj-will-run">
          {isDone
            ? `Run: ${file?.name}. What ${listed(before)} made has stayed.`
            : `Run: first ${listed(before)}, then ${file?.name}.`}
        </p>
      )}
    </>
  );
}

const listed = (files: readonly WorkspaceFile[]) => files.map(({ name }) => name).join(', ');

/** Those that run first stay before the others. */
function canMove(files: readonly WorkspaceFile[], at: number, by: number): boolean {
  const other = files[at + by];
  return other !== undefined && Boolean(other.first) === Boolean(files[at]?.first);
}
