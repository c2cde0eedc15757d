// Which line is pointed at: that under the pointer, or else that of the cursor while the text has the focus.
import { ViewPlugin } from '@codemirror/view';

/** The extension; `tell` gets the line whenever it is another, 0 for none. */
export function pointing(tell) {
  class Pointing {
    constructor(view) {
      this.view = view;
      this.told = 0;
    }

    update(update) {
      if (update.focusChanged || (update.selectionSet && update.view.hasFocus)) this.say(this.ofCursor());
    }

    ofCursor() {
      const { state, hasFocus } = this.view;
      return hasFocus ? state.doc.lineAt(state.selection.main.head).number : 0;
    }

    ofPointer(event) {
      const height = event.clientY - this.view.documentTop;
      const block = this.view.lineBlockAtHeight(height);
      const on = height >= block.top && height < block.bottom;
      return on ? this.view.state.doc.lineAt(block.from).number : this.ofCursor();
    }

    say(line) {
      if (line === this.told) return;
      this.told = line;
      // Not within an update: whoever listens may change the editor.
      queueMicrotask(() => tell(line));
    }
  }
  return ViewPlugin.fromClass(Pointing, {
    eventHandlers: {
      pointermove(event) {
        if (event.pointerType !== 'touch') this.say(this.ofPointer(event));
      },
      pointerleave() {
        this.say(this.ofCursor());
      },
    },
  });
}
