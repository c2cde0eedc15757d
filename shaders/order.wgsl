// Along the last dimension, of params.length elements: running sums, products and extremes, and the order of
// the elements.

var<workgroup> values: array<u32, 256>;

fn identity() -> u32 {
    if OP == 0u { return 0u; }
    // Minus and plus infinity, or the smallest and the largest integer.
    if OP == 2u { return select(0x80000000u, 0xff800000u, DTYPE == FLOAT32); }
    if OP == 3u { return select(0x7fffffffu, 0x7f800000u, DTYPE == FLOAT32); }
    return select(1u, 0x3f800000u, DTYPE == FLOAT32);
}

// The larger or the smaller one; NaN if either is.
fn extreme(a: u32, b: u32) -> u32 {
    if DTYPE == FLOAT32 {
        let v = bitcast<f32>(a);
        let w = bitcast<f32>(b);
        if OP == 2u { return bitcast<u32>(larger(v, w)); }
        return bitcast<u32>(smaller(v, w));
    }
    let p = bitcast<i32>(a);
    let q = bitcast<i32>(b);
    let first = select(q > p, p > q, OP == 2u);
    return select(b, a, first);
}

fn combine(a: u32, b: u32) -> u32 {
    if OP >= 2u { return extreme(a, b); }
    if DTYPE == FLOAT32 {
        let v = bitcast<f32>(a);
        let w = bitcast<f32>(b);
        return bitcast<u32>(select(v * w, v + w, OP == 0u));
    }
    return select(a * b, a + b, OP == 0u);
}

fn element(base: u32, j: u32) -> u32 {
    return x[base + x_walk(j, params.outer, params.ndim)];
}

// OP 0 adds, 1 multiplies, 2 takes the larger, 3 the smaller one. A workgroup takes a row, 256 elements at a time (Hillis and Steele 1986).
@compute @workgroup_size(256)
fn scan(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let row = linear_group(group, groups);
    if row >= params.count { return; }
    let base = params.offset.x + x_walk(row, 0u, params.outer);
    var before = identity();
    for (var start = 0u; start < params.length; start += GROUP) {
        let j = start + local;
        var value = identity();
        if j < params.length { value = element(base, j); }
        values[local] = value;
        workgroupBarrier();
        for (var reach = 1u; reach < GROUP; reach <<= 1u) {
            if local >= reach { value = combine(values[local - reach], value); }
            workgroupBarrier();
            values[local] = value;
            workgroupBarrier();
        }
        if j < params.length { out[row * params.length + j] = combine(before, value); }
        before = combine(before, values[GROUP - 1u]);
        workgroupBarrier();
    }
}

// A number whose order, without a sign, is that of the values: NaN is the largest, and both zeros are one.
fn key(bits: u32) -> u32 {
    if DTYPE != FLOAT32 { return bits ^ 0x80000000u; }
    if is_nan(bitcast<f32>(bits)) { return 0xffffffffu; }
    if (bits & 0x7fffffffu) == 0u { return 0x80000000u; }
    return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The key of element `j` of a row. OP 1 sorts from the largest to the smallest: what is turned around to descend stays the
// other way around for equal elements, which stay in order.
fn key_at(base: u32, j: u32) -> u32 {
    return key(element(base, j)) ^ select(0u, 0xffffffffu, OP == 1u);
}

// Sorts blocks of 256 elements: a workgroup takes one, and the place of an element is the number of those before it.
// more.x: blocks of each row.
@compute @workgroup_size(256)
fn argsort(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let g = linear_group(group, groups);
    let row = g / params.more.x;
    if row >= params.count { return; }
    let start = (g - row * params.more.x) * GROUP;
    let i = start + local;
    var own = 0u;
    if i < params.length { own = key_at(params.offset.x + x_walk(row, 0u, params.outer), i); }
    values[local] = own;
    workgroupBarrier();
    let here = min(GROUP, params.length - start);
    var place = start;
    for (var k = 0u; k < here; k += 1u) {
        let other = values[k];
        place += select(0u, 1u, other < own || (other == own && k < local));
    }
    if i < params.length { out[row * params.length + place] = i; }
}

// Merges neighbours among sorted runs of more.x indices (the last one of a row may be shorter), which y holds: each element
// looks for its place in the other run. Of equal ones those of the first run come first.
@compute @workgroup_size(256)
fn merge(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    let row = i / params.length;
    if row >= params.count { return; }
    let width = params.more.x;
    let j = i - row * params.length;
    let inside = j % (2u * width);
    let pair = j - inside;
    let is_first = inside < width;
    let base = params.offset.x + x_walk(row, 0u, params.outer);
    let runs = params.offset.y + row * params.length;
    let index = y[runs + j];
    let own = key_at(base, index);
    let start = min(select(pair, pair + width, is_first), params.length);
    var low = start;
    var high = min(start + width, params.length);
    while low < high {
        let middle = (low + high) / 2u;
        let other = key_at(base, y[runs + middle]);
        if other < own || (other == own && !is_first) { low = middle + 1u; } else { high = middle; }
    }
    let before = select(inside - width, inside, is_first);
    out[row * params.length + pair + before + (low - start)] = index;
}
