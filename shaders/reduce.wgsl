// Folds params.length elements into each result: OP is the sum, product, largest or smallest one, or (in the
// entry points arg_…) the index of the largest or smallest one. Values travel as bits, whatever their dtype.

// Where what is folded into result i begins.
fn place(i: u32) -> u32 { return params.offset.x + x_walk(i, 0u, params.outer); }

// Element j of it.
fn element(base: u32, j: u32) -> u32 { return x[base + x_walk(j, params.outer, params.ndim)]; }

// ==== What generated kernels use, with a place and an element of their own ====

const SUM = 0u;
const PROD = 1u;
const MAX = 2u;
const MIN = 3u;

fn identity() -> u32 {
    let real = DTYPE == FLOAT32;
    switch OP {
        case SUM: { return 0u; }
        case PROD: { return select(1u, 0x3f800000u, real); }
        case MAX: { return select(0x80000000u, 0xff800000u, real); }
        default: { return select(0x7fffffffu, 0x7f800000u, real); }
    }
}

fn fold_reals(a: f32, b: f32) -> f32 {
    switch OP {
        case SUM: { return a + b; }
        case PROD: { return a * b; }
        case MAX: { return larger(a, b); }
        default: { return smaller(a, b); }
    }
}

fn fold_integers(a: i32, b: i32) -> i32 {
    switch OP {
        case SUM: { return a + b; }
        case PROD: { return a * b; }
        case MAX: { return max(a, b); }
        default: { return min(a, b); }
    }
}

fn fold(a: u32, b: u32) -> u32 {
    if DTYPE == FLOAT32 { return bitcast<u32>(fold_reals(bitcast<f32>(a), bitcast<f32>(b))); }
    return bitcast<u32>(fold_integers(bitcast<i32>(a), bitcast<i32>(b)));
}

// Few elements to fold: one invocation for each result.
@compute @workgroup_size(64)
fn serial_one(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * 64u + local;
    if i >= params.count { return; }
    let base = place(i);
    var value = identity();
    for (var j = 0u; j < params.length; j += 1u) {
        value = fold(value, element(base, j));
    }
    out[i] = value;
}

// The same for elements that are found with little code, which is here five times.
@compute @workgroup_size(64)
fn serial(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * 64u + local;
    if i >= params.count { return; }
    let base = place(i);
    var value = identity();
    var j = 0u;
    // Four elements at a time, so that their loads overlap.
    for (; j + 4u <= params.length; j += 4u) {
        let a = element(base, j);
        let b = element(base, j + 1u);
        let c = element(base, j + 2u);
        let d = element(base, j + 3u);
        value = fold(fold(fold(fold(value, a), b), c), d);
    }
    for (; j < params.length; j += 1u) {
        value = fold(value, element(base, j));
    }
    out[i] = value;
}

var<workgroup> values: array<u32, 256>;

// Many elements to fold: a workgroup for each result, or for each of more.x parts of more.y elements of it.
// The parts of one result lie side by side in out, to be folded by a second run.
@compute @workgroup_size(256)
fn tree(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let g = linear_group(group, groups);
    if g >= params.count { return; }
    let i = g / params.more.x;
    let start = (g - i * params.more.x) * params.more.y;
    let end = min(start + params.more.y, params.length);
    let base = place(i);
    var value = identity();
    for (var j = start + local; j < end; j += GROUP) {
        value = fold(value, element(base, j));
    }
    values[local] = value;
    for (var half = 128u; half > 0u; half >>= 1u) {
        workgroupBarrier();
        if local < half { values[local] = fold(values[local], values[local + half]); }
    }
    if local == 0u { out[g] = values[0]; }
}

// Some hundred elements to fold: a small workgroup for each result, each of whose invocations takes several.
@compute @workgroup_size(64)
fn row(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups);
    if i >= params.count { return; }
    let base = place(i);
    var value = identity();
    for (var j = local; j < params.length; j += 64u) {
        value = fold(value, element(base, j));
    }
    values[local] = value;
    for (var half = 32u; half > 0u; half >>= 1u) {
        workgroupBarrier();
        if local < half { values[local] = fold(values[local], values[local + half]); }
    }
    if local == 0u { out[i] = values[0]; }
}

// Whether element b stands before element a: more extreme, or as extreme and earlier. NaN is the most extreme.
fn precedes(b: u32, j: u32, a: u32, i: u32) -> bool {
    var better: bool;
    var equal: bool;
    if DTYPE == FLOAT32 {
        let v = bitcast<f32>(a);
        let w = bitcast<f32>(b);
        if is_nan(v) || is_nan(w) {
            better = !is_nan(v);
            equal = is_nan(v) && is_nan(w);
        } else {
            better = select((w < v), (w > v), OP == MAX);
            equal = v == w;
        }
    } else {
        let v = bitcast<i32>(a);
        let w = bitcast<i32>(b);
        better = select((w < v), (w > v), OP == MAX);
        equal = v == w;
    }
    return better || (equal && j < i);
}

@compute @workgroup_size(64)
fn arg_serial(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * 64u + local;
    if i >= params.count { return; }
    let base = place(i);
    var value = element(base, 0u);
    var index = 0u;
    for (var j = 1u; j < params.length; j += 1u) {
        let candidate = element(base, j);
        if precedes(candidate, j, value, index) {
            value = candidate;
            index = j;
        }
    }
    out[i] = index;
}

var<workgroup> indices: array<u32, 256>;

@compute @workgroup_size(256)
fn arg_tree(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups);
    if i >= params.count { return; }
    let base = place(i);
    // A row is longer than a workgroup, or the invocations beyond its end repeat the last element.
    var index = min(local, params.length - 1u);
    var value = element(base, index);
    for (var j = index + GROUP; j < params.length; j += GROUP) {
        let candidate = element(base, j);
        if precedes(candidate, j, value, index) {
            value = candidate;
            index = j;
        }
    }
    values[local] = value;
    indices[local] = index;
    for (var half = 128u; half > 0u; half >>= 1u) {
        workgroupBarrier();
        if local < half && precedes(values[local + half], indices[local + half], values[local], indices[local]) {
            values[local] = values[local + half];
            indices[local] = indices[local + half];
        }
    }
    if local == 0u { out[i] = indices[0]; }
}
