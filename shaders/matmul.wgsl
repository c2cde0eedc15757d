// x [B, M, K] · y [B, K, N] -> out [B, M, N] in float32, with any strides. One workgroup computes one tile of
// one matrix (one invocation one result, in `direct`) over one part of K; several parts lie one after another in
// out, to be summed by a second run.
//
// length: K. more: M, N, the number of parts, the elements of K in each. rest: tiles along M, along N, and B.
// The strides of x are those of B, M, K, the strides of y those of B, K, N.

// Little work: every invocation reads what it needs by itself, and nobody waits for anybody.
@compute @workgroup_size(64)
fn direct(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * 64u + local;
    if i >= params.count { return; }
    let row = i / params.more.y;
    let n = i - row * params.more.y;
    let matrix = row / params.more.x;
    let m = row - matrix * params.more.x;
    let part = matrix / params.rest.z;
    let batch = matrix - part * params.rest.z;
    let start = part * params.more.w;
    let end = min(start + params.more.w, params.length);
    let xs = params.x_strides[0];
    let ys = params.y_strides[0];
    var x_place = params.offset.x + batch * xs.x + m * xs.y + start * xs.z;
    var y_place = params.offset.y + batch * ys.x + start * ys.y + n * ys.z;
    // Four elements at a time, so that their loads overlap.
    var sums = vec4<f32>();
    var k = start;
    for (; k + 4u <= end; k += 4u) {
        let a = vec4<u32>(x[x_place], x[x_place + xs.z], x[x_place + 2u * xs.z], x[x_place + 3u * xs.z]);
        let b = vec4<u32>(y[y_place], y[y_place + ys.y], y[y_place + 2u * ys.y], y[y_place + 3u * ys.y]);
        sums += bitcast<vec4<f32>>(a) * bitcast<vec4<f32>>(b);
        x_place += 4u * xs.z;
        y_place += 4u * ys.y;
    }
    var sum = (sums.x + sums.y) + (sums.z + sums.w);
    for (; k < end; k += 1u) {
        sum += bitcast<f32>(x[x_place]) * bitcast<f32>(y[y_place]);
        x_place += xs.z;
        y_place += ys.y;
    }
    put(matrix, m, n, sum);
}

struct Tile {
    batch: u32,
    // The first row and column.
    m: u32,
    n: u32,
    // The part of K.
    part: u32,
    start: u32,
    end: u32,
}

fn tile_of(g: u32, size: u32) -> Tile {
    let rows = params.rest.x;
    let columns = params.rest.y;
    let above = g / columns;
    let matrix = above / rows;
    let batch = matrix / params.more.z;
    let part = matrix - batch * params.more.z;
    let start = part * params.more.w;
    let end = min(start + params.more.w, params.length);
    return Tile(batch, (above - matrix * rows) * size, (g - above * columns) * size, part, start, end);
}

fn x_value(tile: Tile, m: u32, k: u32) -> f32 {
    if m >= params.more.x || k >= tile.end { return 0.0; }
    let s = params.x_strides[0];
    return bitcast<f32>(x[params.offset.x + tile.batch * s.x + m * s.y + k * s.z]);
}

fn y_value(tile: Tile, k: u32, n: u32) -> f32 {
    if n >= params.more.y || k >= tile.end { return 0.0; }
    let s = params.y_strides[0];
    return bitcast<f32>(y[params.offset.y + tile.batch * s.x + k * s.y + n * s.z]);
}

fn store(tile: Tile, m: u32, n: u32, value: f32) {
    if m < params.more.x && n < params.more.y {
        put(tile.part * params.rest.z + tile.batch, m, n, value);
    }
}

// Panels of x [k][m] and y [k][n]. One more column than needed keeps writes along k off one memory bank.
const WIDTH = 65u;
const DEPTH = 16u;
var<workgroup> x_panel: array<f32, 1040>;
var<workgroup> y_panel: array<f32, 1040>;

// Large results: tiles of 64 × 64, 4 × 4 results in the registers of each invocation.
@compute @workgroup_size(256)
fn blocked(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let g = linear_group(group, groups);
    if g >= params.count { return; }
    let tile = tile_of(g, 64u);
    let column = local & 15u;
    let row = local >> 4u;
    // Neighbouring invocations load along the dimension in which the elements are neighbours.
    let x_along_k = params.x_strides[0].z == 1u;
    let y_along_k = params.y_strides[0].y == 1u;
    // Rows row, row + 16, …; columns column, column + 16, ….
    var sums: array<vec4<f32>, 4>;
    for (var k0 = tile.start; k0 < tile.end; k0 += DEPTH) {
        for (var step = 0u; step < 4u; step += 1u) {
            let e = local + step * GROUP;
            let along = vec2<u32>(e & 15u, e >> 4u);
            let across = vec2<u32>(e >> 6u, e & 63u);
            let a = select(across, along, x_along_k);
            x_panel[a.x * WIDTH + a.y] = x_value(tile, tile.m + a.y, k0 + a.x);
            let b = select(across, along, y_along_k);
            y_panel[b.x * WIDTH + b.y] = y_value(tile, k0 + b.x, tile.n + b.y);
        }
        workgroupBarrier();
        for (var k = 0u; k < DEPTH; k += 1u) {
            let at = k * WIDTH + column;
            let b = vec4<f32>(y_panel[at], y_panel[at + 16u], y_panel[at + 32u], y_panel[at + 48u]);
            let from_row = k * WIDTH + row;
            sums[0] += x_panel[from_row] * b;
            sums[1] += x_panel[from_row + 16u] * b;
            sums[2] += x_panel[from_row + 32u] * b;
            sums[3] += x_panel[from_row + 48u] * b;
        }
        workgroupBarrier();
    }
    for (var i = 0u; i < 4u; i += 1u) {
        for (var j = 0u; j < 4u; j += 1u) {
            store(tile, tile.m + row + 16u * i, tile.n + column + 16u * j, sums[i][j]);
        }
    }
}

// Small or narrow results: tiles of 16 × 16, one result for each invocation.
const NARROW = 17u;
const STEPS = 32u;

@compute @workgroup_size(256)
fn narrow(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let g = linear_group(group, groups);
    if g >= params.count { return; }
    let tile = tile_of(g, 16u);
    let column = local & 15u;
    let row = local >> 4u;
    let x_along_k = params.x_strides[0].z == 1u;
    let y_along_k = params.y_strides[0].y == 1u;
    var sum = 0.0;
    for (var k0 = tile.start; k0 < tile.end; k0 += STEPS) {
        for (var step = 0u; step < 2u; step += 1u) {
            let e = local + step * GROUP;
            let along = vec2<u32>(e & 31u, e >> 5u);
            let across = vec2<u32>(e >> 4u, e & 15u);
            let a = select(across, along, x_along_k);
            x_panel[a.x * NARROW + a.y] = x_value(tile, tile.m + a.y, k0 + a.x);
            let b = select(across, along, y_along_k);
            y_panel[b.x * NARROW + b.y] = y_value(tile, k0 + b.x, tile.n + b.y);
        }
        workgroupBarrier();
        for (var k = 0u; k < STEPS; k += 1u) {
            sum += x_panel[k * NARROW + row] * y_panel[k * NARROW + column];
        }
        workgroupBarrier();
    }
    store(tile, tile.m + row, tile.n + column, sum);
}

// ==== What becomes of a result, where no program says it ====

fn put(matrix: u32, m: u32, n: u32, value: f32) {
    out[(matrix * params.more.x + m) * params.more.y + n] = bitcast<u32>(value);
}
