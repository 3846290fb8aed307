/** Does again what was pressed before there was anything to do it. */
export function replay(event: Event): void {
  const target = event.target as HTMLElement;
  if (event instanceof KeyboardEvent) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const keys = { key, altKey, ctrlKey, metaKey, bubbles: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent('keydown', keys));
  } else if (event.type === 'change') {
    if (target instanceof HTMLInputElement) target.checked = true;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (!(target instanceof HTMLInputElement) && !target.closest('label, summary')) {
    target.closest<HTMLElement>('button, a')?.click();
  }
}
