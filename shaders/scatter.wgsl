// out = z, but for out[…, y[…, j]], which x[…, j] is added to (OP 1) or which it becomes (OP 0). Every result looks
// through its row, so that the order of the sum is always the same, and the last of several values is assigned.
// An index out of range is none. more: the size of the last dimension of x and y, of z, the strides there of x and y.
// rest.x: that of z. A uint8 becomes a word.

const ADD = 1u;

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
            if OP != ADD {
                value = bits;
            } else if DTYPE == FLOAT32 {
                value = bitcast<u32>(bitcast<f32>(value) + bitcast<f32>(bits));
            } else {
                value += bits;
            }
        }
    }
    out[i] = value;
}
