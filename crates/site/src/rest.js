// The part of the program that can follow: see crates/split. A program in one piece has none, and nothing happens here.

/** How the export begins that names the file. */
const NAME = 'rest ';

const join = (module, first) => {
  new WebAssembly.Instance(module, { first });
  first.rest_there.value = 1;
};

/** The file's bytes, for which everything waits. */
function bytes_now(file) {
  const request = new XMLHttpRequest();
  request.open('GET', file, false);
  // A page may not ask for bytes in this way.
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error('a part of the program could not be loaded: reload the page');
  return Uint8Array.from(request.response, (letter) => letter.charCodeAt(0));
}

/**
 * Fetches the rest of the program that exports `first`, at once or while other work goes on.
 * What does not come then is asked for again when it is needed.
 */
export function fetch_rest(first, at_once) {
  const file = Object.keys(first).find((name) => name.startsWith(NAME))?.slice(NAME.length);
  if (!file) return;
  if (at_once) return join(new WebAssembly.Module(bytes_now(file)), first);
  fetch(file)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer)))
    .then((bytes) => WebAssembly.compile(bytes))
    .then((module) => first.rest_there.value || join(module, first))
    .catch(() => {});
}
