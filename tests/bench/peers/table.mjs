// The comparison as a table: one for CPUs, one for GPUs; ours in each mode, the peers, and the ratio.

const KINDS = { CPU: ['cpu'], GPU: ['webgpu', 'webgl'] };

const digits = (ms) => (ms === undefined ? '–' : String(Number(ms.toPrecision(3))));

/** What a column is called: `ours fused`, `jax-js`, `tfjs webgl`. */
const title = ({ peer, backend }) => (backend === 'webgl' ? `${peer} webgl` : peer);

/** Lines of text. `results`: what was measured, ours under the peer's names `eager` and `fused`. */
export function tables(results, cases) {
  return Object.entries(KINDS).flatMap(([kind, backends]) => {
    const here = results.filter(({ backend }) => backends.includes(backend));
    if (here.length === 0) return [];
    const columns = [...new Set(here.map(title))];
    const rows = cases.map((name) => {
      const ms = (column) => here.find((r) => r.case === name && title(r) === column)?.median_ms;
      const best = (mine) => Math.min(...columns.filter((c) => c.startsWith('ours') === mine).map((c) => ms(c) ?? Infinity));
      const ratio = best(true) / best(false);
      return [name, ...columns.map((column) => digits(ms(column))), Number.isFinite(ratio) && ratio > 0 ? ratio.toFixed(2) : '–'];
    });
    const head = [`${kind}, ms`, ...columns, 'ours / best peer'];
    const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
    const line = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
    return ['', line(head), ...rows.map(line)];
  });
}
