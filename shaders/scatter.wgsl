// out = z, but for out[…, y[…, j]], which x[…, j] becomes (OP 0) or is folded with (OP 1 adds, 2 multiplies, 3 takes the
// larger, 4 the smaller one). Every result looks
// through its row, so that the order of the sum is always the same, and the last of several values is assigned.
// An index out of range is none. more: the size of the last dimension of x and y, of z, the strides there of x and y.
// rest.x: that of z. A uint8 becomes a word.
//
// In `sorted`, w has for each row the indices that sort its y, rest.y of them; 0 if one order serves all rows.

fn folded(a: u32, b: u32) -> u32 {
    if DTYPE == FLOAT32 {
        let v = bitcast<f32>(a);
        let w = bitcast<f32>(b);
        if OP == 1u { return bitcast<u32>(v + w); }
        if OP == 2u { return bitcast<u32>(v * w); }
        if OP == 3u { return bitcast<u32>(larger(v, w)); }
        return bitcast<u32>(smaller(v, w));
    }
    if OP == 1u { return a + b; }
    if OP == 2u { return a * b; }
    let p = bitcast<i32>(a);
    let q = bitcast<i32>(b);
    let first = select(q > p, p > q, OP == 3u);
    return select(b, a, first);
}

fn z_element(at: u32) -> u32 {
    if DTYPE == UINT8 { return (z[at >> 2u] >> (8u * (at & 3u))) & 255u; }
    return z[at];
}

@compute @workgroup_size(256)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let row = i / params.more.y;
    let k = i - row * params.more.y;
    let x_base = params.offset.x + x_walk(row, 0u, params.outer);
    let y_base = params.offset.y + y_walk(row, 0u, params.outer);
    var value = z_element(params.offset.z + z_walk(row, 0u, params.outer) + k * params.rest.x);
    for (var j = 0u; j < params.more.x; j += 1u) {
        if y[y_base + j * params.more.w] == k {
            let bits = x_element(x_base + j * params.more.z);
            if OP == 0u { value = bits; } else { value = folded(value, bits); }
        }
    }
    out[i] = value;
}

@compute @workgroup_size(256)
fn sorted(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let row = i / params.more.y;
    let k = i - row * params.more.y;
    let x_base = params.offset.x + x_walk(row, 0u, params.outer);
    let y_base = params.offset.y + y_walk(row, 0u, params.outer);
    let order = row * params.rest.y;
    var value = z_element(params.offset.z + z_walk(row, 0u, params.outer) + k * params.rest.x);
    // The first of those that are not before k.
    var low = 0u;
    var high = params.more.x;
    while low < high {
        let middle = (low + high) / 2u;
        let named = bitcast<i32>(y[y_base + w[order + middle] * params.more.w]);
        if named < i32(k) { low = middle + 1u; } else { high = middle; }
    }
    for (; low < params.more.x; low += 1u) {
        let j = w[order + low];
        if y[y_base + j * params.more.w] != k { break; }
        let bits = x_element(x_base + j * params.more.z);
        if OP == 0u { value = bits; } else { value = folded(value, bits); }
    }
    out[i] = value;
}
