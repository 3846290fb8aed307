/** The sandboxed frame as text: one script, whose hash the page's own policy must list. */

/**
 * Takes the runtime's text and two ports from the page: one for the Worker that it makes of the
 * text, one to say that the Worker failed. Only the page's first message counts.
 * A Worker of a blob must be a classic one: a module Worker does not start in an opaque origin.
 */
export const FRAME_SCRIPT = `addEventListener('message', function start({ source, data, ports }) {
  if (source !== parent) return;
  removeEventListener('message', start);
  const worker = new Worker(URL.createObjectURL(new Blob([data], { type: 'text/javascript' })));
  worker.onerror = ({ message }) => ports[1].postMessage(String(message));
  worker.postMessage(null, [ports[0]]);
});`;

/** SHA-256 of FRAME_SCRIPT as a source of a Content-Security-Policy. A test holds it to the script. */
export const FRAME_SCRIPT_HASH = 'sha256-BYEpogZeaaW38rIcWUDTjf4Ly0rnq/UPqUGrADV7qFo=';

/** The frame's own policy, on top of the page's, which a srcdoc frame inherits. */
const POLICY = [
  "default-src 'none'",
  `script-src '${FRAME_SCRIPT_HASH}' blob:`,
  'worker-src blob:',
  "connect-src 'none'",
].join('; ');

/** The frame's document, for `srcdoc`. */
export const FRAME_HTML = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Sandbox</title><script>${FRAME_SCRIPT}</script>`;
