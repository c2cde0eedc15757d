// How the editor looks. Every colour and size is one of the page's own: see www/styles/tokens.css.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.self], color: 'var(--code-keyword)' },
  { tag: [tags.bool, tags.null, tags.number], color: 'var(--code-number)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.className, tags.definition(tags.className), tags.meta], color: 'var(--code-class)' },
  { tag: tags.function(tags.definition(tags.variableName)), color: 'var(--code-class)', fontWeight: '600' },
  { tag: [tags.operator, tags.punctuation, tags.bracket], color: 'var(--code-sign)' },
]);

const wavy = (color) => ({
  backgroundImage: 'none',
  paddingBottom: '0',
  textDecoration: `underline wavy ${color} 1.5px`,
  textUnderlineOffset: '3px',
  textDecorationSkipInk: 'none',
});

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: 'var(--code-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--code-line)', overflow: 'auto' },
  '.cm-content': { padding: 'var(--s2) 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 var(--s4) 0 var(--s2)' },
  '.cm-content ::selection, .cm-line::selection': { backgroundColor: 'var(--code-selection)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--code-active)' },

  '.cm-gutters': { color: 'var(--text-quiet)', backgroundColor: 'var(--panel)', border: '0', fontVariantNumeric: 'tabular-nums' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.5ch', padding: '0 var(--s2) 0 0' },
  '.cm-marks .cm-gutterElement': { position: 'relative', width: '24px', cursor: 'pointer' },
  '.cm-marks span': { position: 'absolute', inset: '0' },
  '.cm-marks span::before': {
    content: '""',
    position: 'absolute',
    insetBlockStart: '50%',
    insetInlineStart: '50%',
    width: '10px',
    height: '10px',
    borderRadius: '50%',
    transform: 'translate(-50%, -50%)',
  },
  '.cm-stop::before': { backgroundColor: 'var(--breakpoint)' },
  '.cm-free:hover::before': { border: '1.5px solid var(--line-strong)' },
  // An arrow; on a breakpoint it stands inside of the dot's ring.
  '.cm-here::after': {
    content: '""',
    position: 'absolute',
    insetBlockStart: '50%',
    insetInlineStart: '50%',
    borderBlock: '5px solid transparent',
    borderInlineStart: '8px solid var(--accent)',
    transform: 'translate(-35%, -50%)',
  },
  '.cm-stop.cm-here::before': { width: '16px', height: '16px', backgroundColor: 'transparent', border: '2px solid var(--breakpoint)' },

  '.cm-current, &.cm-focused .cm-current': {
    backgroundColor: 'var(--accent-wash)',
    boxShadow: 'inset 2px 0 var(--accent)',
  },
  '.cm-pointed-line': { backgroundColor: 'var(--code-active)' },
  '.cm-pointed': { backgroundColor: 'var(--code-pointed)', borderRadius: '3px', boxShadow: '0 0 0 1px var(--accent)' },
  '.cm-value': {
    display: 'inline-block',
    maxWidth: '36ch',
    marginInlineStart: '3ch',
    overflow: 'hidden',
    color: 'var(--text-quiet)',
    fontSize: 'var(--size-s)',
    textOverflow: 'ellipsis',
    verticalAlign: 'bottom',
    whiteSpace: 'pre',
    cursor: 'pointer',
    userSelect: 'none',
  },
  '.cm-value:hover': { color: 'var(--accent)', textDecoration: 'underline' },

  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--code-pointed)' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { color: 'var(--error)', backgroundColor: 'var(--error-wash)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--code-active)' },
  '.cm-searchMatch': { backgroundColor: 'var(--code-found)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--code-found)', outline: '1px solid var(--text)' },

  '.cm-lintRange-error': wavy('var(--error)'),
  '.cm-lintRange-warning': wavy('var(--warning)'),
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--error)' },
  '.cm-lintPoint-warning::after': { borderBottomColor: 'var(--warning)' },
  '.cm-diagnostic': { padding: 'var(--s2) var(--s3)', borderInlineStart: '3px solid var(--error)', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warning)' },
  '.cm-hint': { marginBlockStart: 'var(--s1)', color: 'var(--text-quiet)' },
  '.cm-diagnosticAction': {
    display: 'block',
    minHeight: '28px',
    margin: 'var(--s2) 0 0',
    padding: '0 var(--s3)',
    borderRadius: 'var(--radius)',
    color: 'var(--on-accent)',
    backgroundColor: 'var(--accent)',
    font: 'inherit',
  },

  '.cm-tooltip': {
    maxWidth: 'min(34rem, calc(100vw - 16px))',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    color: 'var(--text)',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--shadow)',
    fontSize: 'var(--size-s)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '14em', fontFamily: 'var(--mono)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: 'var(--s1)', padding: '3px var(--s2)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--text)', backgroundColor: 'var(--accent-wash)' },
  '.cm-completionMatchedText': { color: 'var(--accent)', fontWeight: '600', textDecoration: 'none' },
  '.cm-completionDetail': { marginInlineStart: '0', overflow: 'hidden', color: 'var(--text-quiet)', fontStyle: 'normal', textOverflow: 'ellipsis' },
  '.cm-signature': { padding: 'var(--s1) var(--s2)', fontFamily: 'var(--mono)', overflowWrap: 'anywhere' },

  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--ground)' },
  '.cm-panels.cm-panels-bottom': { borderBlockStart: '1px solid var(--line)' },
  '.cm-panel.cm-search': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 'var(--s1)', padding: 'var(--s2) var(--s6) var(--s2) var(--s2)' },
  '.cm-panel.cm-search br': { flexBasis: '100%', content: '""' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: 'var(--s1)', fontSize: 'var(--size-s)' },
  '.cm-panel.cm-search input[type=checkbox]': { width: '16px', height: '16px', margin: '0' },
  '.cm-textfield': { height: '28px', padding: '0 var(--s2)', border: '1px solid var(--line-strong)', fontSize: 'var(--size-s)', textAlign: 'start' },
  '.cm-button': {
    height: '28px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    color: 'var(--text)',
    backgroundColor: 'var(--panel)',
    backgroundImage: 'none',
    font: 'inherit',
    fontSize: 'var(--size-s)',
  },
  '.cm-panel.cm-search [name=close]': { top: 'var(--s2)', color: 'var(--text-quiet)', fontSize: 'var(--size-l)' },
});

export const look = [theme, syntaxHighlighting(words)];
