// What has to be replaced in one text to make it another.

/** The changes of CodeMirror: lines one by one if there are as many as before, so that several small edits stay small. */
export function difference(before, after) {
  const rough = span(before, after, 0);
  if (!rough) return [];
  const [old, fresh] = [before.slice(rough.from, rough.to).split('\n'), rough.insert.split('\n')];
  if (old.length !== fresh.length) return [rough];
  let at = rough.from;
  return old.flatMap((line, i) => {
    const change = span(line, fresh[i], at);
    at += line.length + 1;
    return change ?? [];
  });
}

/** The one stretch that differs; `at` is where the texts begin. */
function span(before, after, at) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: at + start, to: at + before.length - end, insert: after.slice(start, after.length - end) };
}
