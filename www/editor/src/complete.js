// Completion of what can be imported, with signatures, and the signature of what is under the pointer. Names and keywords of the
// program itself are the Python mode's.
import { pythonLanguage } from '@codemirror/lang-python';
import { hoverTooltip } from '@codemirror/view';

import names from './names.json';

/** The methods of a tensor, which are offered behind whatever is no module. */
const TENSOR = 'torch.Tensor';

/** What a module is usually imported as, known before it is. */
const USUAL = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  optim: 'torch.optim',
  np: 'numpy',
  plt: 'matplotlib.pyplot',
};

/** The modules by their names in the program. */
function modules(text) {
  const known = new Map(Object.entries(USUAL));
  for (const [, path, name] of text.matchAll(/^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?/gm)) {
    if (name) known.set(name, path);
    else known.set(path.split('.')[0], path.split('.')[0]);
  }
  for (const [, path, list] of text.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w ,\t()]+)/gm)) {
    for (const [, item, name] of list.matchAll(/(\w+)(?:[ \t]+as[ \t]+(\w+))?/g)) known.set(name ?? item, `${path}.${item}`);
  }
  return known;
}

/** Of which module what stands before the last dot is; null if it is none. */
function resolve(path, text) {
  const [first, ...rest] = path.split('.');
  const base = modules(text).get(first);
  const full = base && [base, ...rest].join('.');
  return full && (names[full] || Object.keys(names).some((name) => name.startsWith(`${full}.`))) ? full : null;
}

/** What a module holds: what can be called, with its arguments, what cannot, and its own modules. */
function members(module) {
  const own = (names[module] ?? []).map((signature) => {
    const open = signature.indexOf('(');
    const label = open < 0 ? signature : signature.slice(0, open);
    return { label, detail: open < 0 ? undefined : signature.slice(open), type: open < 0 ? 'constant' : 'function' };
  });
  const inner = Object.keys(names).filter((name) => name.startsWith(`${module}.`) && name !== TENSOR);
  const next = new Set(inner.map((name) => name.slice(module.length + 1).split('.')[0]));
  return [...own, ...[...next].map((label) => ({ label, detail: 'module', type: 'namespace' }))];
}

function source(context) {
  const { state, pos, explicit } = context;
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const text = () => state.doc.toString();

  const importing = /^\s*from\s+([\w.]+)\s+import\s+(?:.*[\s,(])?(\w*)$/.exec(before);
  if (importing) return offer(pos - importing[2].length, members(importing[1]));

  const path = /^\s*(?:from|import)\s+([\w.]*)$/.exec(before);
  if (path) {
    const all = Object.keys(names).filter((name) => name !== TENSOR);
    return offer(pos - path[1].length, all.map((label) => ({ label, type: 'namespace' })), /^[\w.]*$/);
  }

  // Behind a dot: of the module, or else of a tensor. Not behind a number, nor within a text or a comment.
  const dotted = /((?:[A-Za-z_][\w.]*|[)\]]))\.(\w*)$/.exec(before);
  if (!dotted || /["'#]/.test(outside(before))) return null;
  const module = /^[\w.]+$/.test(dotted[1]) ? resolve(dotted[1], text()) : null;
  if (!module && !explicit && dotted[1] === 'self') return null;
  return offer(pos - dotted[2].length, members(module ?? TENSOR));
}

/** A line without the texts that end on it: a quote or a comment that is left is open still. */
const outside = (line) => line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');

const offer = (from, options, validFor = /^\w*$/) => ({ from, options, validFor });

/** The signature of the name under the pointer. */
const signatures = hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos);
  for (const found of line.text.matchAll(/[A-Za-z_][\w.]*/g)) {
    const [from, to] = [line.from + found.index, line.from + found.index + found[0].length];
    if (pos < from || pos > to) continue;
    // Up to the name that is pointed at, without those behind it.
    const rest = found[0].slice(pos - from);
    const path = found[0].slice(0, pos - from + (rest.includes('.') ? rest.indexOf('.') : rest.length));
    const text = signature(path, view.state.doc.toString());
    if (!text) return null;
    const start = from + path.lastIndexOf('.') + 1;
    return { pos: start, end: from + path.length, above: true, create: () => ({ dom: shown(text) }) };
  }
  return null;
});

function signature(path, text) {
  const dot = path.lastIndexOf('.');
  const own = dot < 0 && modules(text).get(path);
  const [owner, name] = own ? cut(own) : [dot < 0 ? null : resolve(path.slice(0, dot), text), path.slice(dot + 1)];
  const found = owner && (names[owner] ?? []).find((one) => one.startsWith(`${name}(`));
  return found && `${owner}.${found}`;
}

const cut = (path) => [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)];

function shown(text) {
  const dom = document.createElement('div');
  dom.className = 'cm-signature';
  dom.textContent = text;
  return dom;
}

export const complete = [pythonLanguage.data.of({ autocomplete: source }), signatures];
