/** Saves a text or bytes as a file, as a download of the browser. */

/** The file is named `name`; `type` is its media type without a charset, which of a text is UTF-8. */
export function saveFile(name: string, type: string, content: string | Uint8Array<ArrayBuffer>) {
  const link = document.createElement('a');
  const charset = typeof content === 'string' ? ';charset=utf-8' : '';
  link.href = URL.createObjectURL(new Blob([content], { type: type + charset }));
  link.download = name;
  link.click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
