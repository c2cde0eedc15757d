// The part of the program that can follow: see crates/split. A program in one piece has none, and nothing happens here.

/** How the export begins that names the file. */
const NAME = 'rest ';

/** The download that goes on beside other work. */
const coming = new AbortController();

const join = (module, first) => {
  new WebAssembly.Instance(module, { first });
  first.rest_there.value = 1;
};

/** What cannot go on without the rest says so: in the page itself, where nobody else can; a worker's error reaches the page. */
function failure() {
  const text = 'A part of the program could not be loaded. Check the connection, then reload the page.';
  if (self.document) {
    const banner = Object.assign(document.createElement('p'), { className: 'banner error', textContent: text });
    banner.setAttribute('role', 'alert');
    document.body.prepend(banner);
  }
  return new Error(text);
}

/** The file's bytes, for which everything waits: also a download that goes on already, so it must not be in the way. */
function bytesNow(file) {
  coming.abort();
  const request = new XMLHttpRequest();
  request.open('GET', file, false);
  // A page may not ask for bytes in this way.
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
  } catch {
    // No connection: the status says so.
  }
  if (request.status !== 200) throw failure();
  return Uint8Array.from(request.response, (letter) => letter.charCodeAt(0));
}

/**
 * Fetches the rest of the program that exports `first`, at once or while other work goes on.
 * What does not come then is asked for again when it is needed.
 */
export function fetchRest(first, atOnce) {
  const file = Object.keys(first).find((name) => name.startsWith(NAME))?.slice(NAME.length);
  if (!file) return;
  if (atOnce) return join(new WebAssembly.Module(bytesNow(file)), first);
  fetch(file, { signal: coming.signal })
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer)))
    .then((bytes) => WebAssembly.compile(bytes))
    .then((module) => first.rest_there.value || join(module, first))
    .catch(() => {});
}
