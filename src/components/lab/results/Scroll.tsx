/** What may be wider or longer than its place: a named region that the keyboard can scroll. */
import type { ComponentChildren } from 'preact';

/** A scroll region; `label` names it for a screen reader. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
    <div class="kj-scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
