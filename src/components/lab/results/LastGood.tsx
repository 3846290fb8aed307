/** Beside an error, folded away: what the step answered when it last went well. */
import type { ComponentChildren } from 'preact';

interface Props {
  /** Whence it is. */
  words: string;
  /** The nodes that the page came with, where it is the recorded output. */
  nodes?: readonly Node[];
  children?: ComponentChildren;
}

/** A disclosure of an older result. */
export function LastGood({ words, nodes, children }: Props) {
  return (
    <details class="kj-good">
      <summary>Last good result, {words}</summary>
      {nodes ? <div ref={(place) => place?.replaceChildren(...nodes)} /> : children}
    </details>
  );
}
