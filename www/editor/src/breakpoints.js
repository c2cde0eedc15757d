// Breakpoints, and the gutter that shows them with the line that is about to run. They go where their lines go.
import { MapMode, StateEffect, StateField } from '@codemirror/state';
import { EditorView, GutterMarker, gutter } from '@codemirror/view';

import { currentLine } from './marks.js';

/** Puts breakpoints on these lines and no others. */
export const setBreakpoints = StateEffect.define();
/** Sets or removes the one on the line that begins here. */
const toggle = StateEffect.define();

/** Where the lines with breakpoints begin, in order. */
const field = StateField.define({
  create: () => [],
  update(starts, { changes, docChanged, effects, newDoc }) {
    let next = starts;
    if (docChanged && starts.length > 0) {
      const moved = starts.map((start) => changes.mapPos(start, 1, MapMode.TrackBefore));
      next = ordered(moved.filter((start) => start !== null).map((start) => newDoc.lineAt(start).from));
    }
    for (const effect of effects) {
      if (effect.is(setBreakpoints)) {
        const lines = effect.value.filter((line) => line >= 1 && line <= newDoc.lines);
        next = ordered(lines.map((line) => newDoc.line(line).from));
      } else if (effect.is(toggle)) {
        const others = next.filter((start) => start !== effect.value);
        next = others.length < next.length ? others : ordered([...next, effect.value]);
      }
    }
    return next;
  },
});

const ordered = (starts) => [...new Set(starts)].sort((a, b) => a - b);

/** The lines with breakpoints. */
export function breakpointLines(state) {
  return state.field(field).map((start) => state.doc.lineAt(start).number);
}

class Mark extends GutterMarker {
  constructor(name, title) {
    super();
    this.name = name;
    this.title = title;
  }

  toDOM() {
    const mark = document.createElement('span');
    mark.className = this.name;
    mark.title = this.title;
    return mark;
  }
}

const STOP = new Mark('cm-stop', 'Breakpoint: runs stop here');
const HERE = new Mark('cm-here', 'Runs next');
const BOTH = new Mark('cm-stop cm-here', 'Breakpoint, runs next');
const FREE = new Mark('cm-free', 'Set a breakpoint (F9)');

function flip(view, start) {
  const { number } = view.state.doc.lineAt(start);
  const said = breakpointLines(view.state).includes(number) ? 'Breakpoint removed from' : 'Breakpoint set on';
  view.dispatch({ effects: [toggle.of(start), EditorView.announce.of(`${said} line ${number}`)] });
}

/** A press on a line's gutter. */
export function flipLine(view, block) {
  flip(view, block.from);
  return true;
}

/** The command: on the line of the cursor. */
export function toggleBreakpoint(view) {
  flip(view, view.state.doc.lineAt(view.state.selection.main.head).from);
  return true;
}

export const breakpoints = [
  field,
  gutter({
    class: 'cm-marks',
    lineMarker(view, block) {
      const [stop, here] = [view.state.field(field).includes(block.from), currentLine(view.state) === block.from];
      return stop ? (here ? BOTH : STOP) : here ? HERE : FREE;
    },
    lineMarkerChange: ({ startState, state }) =>
      startState.field(field) !== state.field(field) || currentLine(startState) !== currentLine(state),
    domEventHandlers: { mousedown: flipLine },
  }),
];
