// What the page shows in the text: the line that is about to run, what is pointed at, and short values behind lines.
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';

/** Where the line begins that is about to run, or null. */
export const setCurrent = StateEffect.define();
/** What is pointed at: `{ from, to }`, `{ line }` by its beginning, or null. */
export const setPointed = StateEffect.define();
/** The values behind lines: `[line, text]` each. */
export const setInline = StateEffect.define();

const CURRENT = Decoration.line({ class: 'cm-current' });
const POINTED_LINE = Decoration.line({ class: 'cm-pointed-line' });
const POINTED = Decoration.mark({ class: 'cm-pointed' });

/** Decorations that an effect sets, and that go with the text in between. */
function decorations(effect, draw) {
  return StateField.define({
    create: () => Decoration.none,
    update(drawn, { changes, effects, newDoc }) {
      const last = effects.filter((one) => one.is(effect)).at(-1);
      return last ? Decoration.set(draw(last.value, newDoc)) : drawn.map(changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

const current = decorations(setCurrent, (start) => (start === null ? [] : [CURRENT.range(start)]));

const pointed = decorations(setPointed, (spot) => {
  if (spot?.line !== undefined) return [POINTED_LINE.range(spot.line)];
  return spot && spot.from < spot.to ? [POINTED.range(spot.from, spot.to)] : [];
});

/** Where the line begins that is about to run. */
export function currentLine(state) {
  return state.field(current).iter().value ? state.field(current).iter().from : null;
}

/** A value behind a line. */
class Value extends WidgetType {
  constructor(text, choose) {
    super();
    this.text = text;
    this.choose = choose;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM(view) {
    const value = document.createElement('span');
    value.className = 'cm-value';
    value.textContent = this.text;
    value.title = `${this.text}\nClick to see it in full (Alt+Enter)`;
    value.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.choose(view.state.doc.lineAt(view.posAtDOM(value)).number);
    });
    return value;
  }
}

/** The extension; `choose` is told the line whose value is clicked. */
export function marks(choose) {
  const values = decorations(setInline, (all, doc) => {
    const sorted = [...all].sort(([a], [b]) => a - b);
    return sorted.map(([line, text]) => Decoration.widget({ widget: new Value(text, choose), side: 1 }).range(doc.line(line).to));
  });
  return [current, pointed, values];
}
