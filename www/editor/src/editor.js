// The editor of the program: CodeMirror with a Python mode, behind the few functions that the page needs. Places are in UTF-16 units of
// the text, lines are counted from 1, and what lies beyond the text is taken for its end.
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  selectedCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, Prec } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';

import { complete } from './complete.js';
import { difference } from './difference.js';
import { breakpointLines, breakpoints, flipLine, setBreakpoints, toggleBreakpoint } from './breakpoints.js';
import { marks, setCurrent, setInline, setPointed } from './marks.js';
import { pointing } from './pointing.js';
import { look } from './look.js';

/** Marks a change that the page has made, and so knows of. */
const fromPage = Annotation.define();

/** Takes the completion that is offered, unless it stands there already: then Enter begins a line. */
function acceptUnlessTyped(view) {
  const offered = selectedCompletion(view.state);
  const { head } = view.state.selection.main;
  if (offered && view.state.sliceDoc(head - offered.label.length, head) === offered.label) {
    closeCompletion(view);
    return false;
  }
  return acceptCompletion(view);
}

/**
 * Puts an editor into `parent`. It calls `listener(what, value)`:
 * - `text`: the text was changed, into this one;
 * - `breakpoints`: they are on these lines now, set by hand or moved with their lines;
 * - `line`: the pointer or the cursor is on this line now, or on none (0);
 * - `choose`: the value behind this line was clicked.
 */
export function create(parent, text, listener) {
  let open = true;
  const tell = (what, value) => open && listener(what, value);
  const report = EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.every((change) => change.annotation(fromPage))) {
      tell('text', update.state.doc.toString());
    }
    const [before, after] = [breakpointLines(update.startState), breakpointLines(update.state)];
    const told = update.transactions.some((change) => change.effects.some((effect) => effect.is(setBreakpoints)));
    if (!told && String(before) !== String(after)) tell('breakpoints', after);
  });
  const choose = (view) => {
    tell('choose', view.state.doc.lineAt(view.state.selection.main.head).number);
    return true;
  };
  const state = EditorState.create({
    doc: text,
    extensions: [
      breakpoints,
      lineNumbers({ domEventHandlers: { mousedown: flipLine } }),
      highlightActiveLineGutter(),
      history(),
      EditorState.allowMultipleSelections.of(true),
      EditorState.tabSize.of(4),
      indentUnit.of('    '),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      autocompletion({ icons: false, maxRenderedOptions: 60, defaultKeymap: false }),
      Prec.highest(
        keymap.of([
          { key: 'Enter', run: acceptUnlessTyped },
          ...completionKeymap.filter(({ key }) => key !== 'Enter'),
        ]),
      ),
      python(),
      complete,
      marks((line) => tell('choose', line)),
      pointing((line) => tell('line', line)),
      keymap.of([
        { key: 'F9', run: toggleBreakpoint },
        { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
        { key: 'Alt-Enter', run: choose },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        'aria-label': 'Program',
        'aria-describedby': 'editor-keys',
        // Focusable anyway, but not to axe.
        tabindex: '0',
        autocapitalize: 'off',
        spellcheck: 'false',
      }),
      look,
      report,
    ],
  });
  const close = () => (open = false);
  return handle(new EditorView({ parent, state }), tell, close);
}

/** What the page can do with the editor. */
function handle(view, tell, close) {
  const within = (place) => Math.max(0, Math.min(place, view.state.doc.length));
  const line = (number) => view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
  const shown = (at) => EditorView.scrollIntoView(at, { y: 'nearest', yMargin: 48 });

  return {
    /** Takes over what differs: one change, which can be undone. */
    setText(given) {
      const text = given.replace(/\r\n?/g, '\n');
      const changes = difference(view.state.doc.toString(), text);
      if (changes.length > 0) view.dispatch({ changes, annotations: fromPage.of(true) });
      // The places that are told are those of a text whose lines end as they do here.
      if (text !== given) queueMicrotask(() => tell('text', text));
    },

    /** Each is `[severity, from, to, message, hint, fix]`; a fix is `[label, from, to, text]`. What there is none of is null. */
    setDiagnostics(all) {
      const found = all.map(([severity, from, to, message, hint, fix]) => ({
        severity,
        from: within(from),
        to: within(to),
        message,
        renderMessage: () => explanation(message, hint),
        actions: fix ? [action(from, fix)] : [],
      }));
      view.dispatch(setDiagnostics(view.state, found));
    },

    /** Each is `[line, text]`. */
    setInline(values) {
      const known = values.filter(([number]) => number >= 1 && number <= view.state.doc.lines);
      view.dispatch({ effects: setInline.of(known) });
    },

    /** The lines with breakpoints. */
    setBreakpoints(lines) {
      if (String([...lines]) !== String(breakpointLines(view.state)))
        view.dispatch({ effects: setBreakpoints.of([...lines]) });
    },

    /** The line that is about to run, or 0; with `reveal`, it is scrolled to. */
    setCurrentLine(number, reveal) {
      const effects = [setCurrent.of(number ? line(number).from : null)];
      if (number && reveal) effects.push(shown(line(number).from));
      view.dispatch({ effects });
    },

    /** Marks what is pointed at: from here to there. If both are the same, nothing. */
    highlight(from, to) {
      view.dispatch({ effects: setPointed.of({ from: within(from), to: within(to) }) });
    },

    /** Marks a line as pointed at; 0 is none. */
    highlightLine(number) {
      view.dispatch({ effects: setPointed.of(number ? { line: line(number).from } : null) });
    },

    /** Selects from here to there, shows it, and takes the focus. */
    select(from, to) {
      view.dispatch({ selection: { anchor: within(from), head: within(to) }, effects: shown(within(from)) });
      view.focus();
    },

    focus: () => view.focus(),
    destroy() {
      close();
      view.destroy();
    },
  };
}

/** What a diagnostic says: what is wrong, and what to do. */
function explanation(message, hint) {
  const box = document.createElement('div');
  const add = (text, name) => {
    const part = box.appendChild(document.createElement('div'));
    part.className = name;
    part.textContent = text;
  };
  add(message, 'cm-problem');
  if (hint) add(hint, 'cm-hint');
  return box;
}

/** The button that mends it. The text may have moved since: the fix goes with its diagnostic. */
function action(start, [name, from, to, insert]) {
  return {
    name,
    apply(view, at) {
      const change = { from: at + from - start, to: at + to - start, insert };
      if (change.from >= 0 && change.to <= view.state.doc.length) view.dispatch({ changes: change, userEvent: 'input.fix' });
    },
  };
}
