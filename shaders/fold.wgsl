// out[…, l, …] = Σ x[…, i, …, j] over the i and j with i · step + j · dilation = l: every result looks for the
// windows that it lies in, so that the order of the sum is always the same. Dimensions before that of l are walked
// before `outer`, those after it, of params.length elements, from there on.
// more: the size of l, the number of windows, their size, step. rest: dilation, the strides of x along i and j.
@compute @workgroup_size(256)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let rest = i / params.length;
    let row = rest / params.more.x;
    let l = rest - row * params.more.x;
    let base = params.offset.x + x_walk(row, 0u, params.outer)
        + x_walk(i - rest * params.length, params.outer, params.ndim);
    var real = 0.0;
    var integer = 0u;
    for (var j = 0u; j < params.more.z; j += 1u) {
        let before = j * params.rest.x;
        if before > l { break; }
        let window = (l - before) / params.more.w;
        if window < params.more.y && window * params.more.w == l - before {
            let bits = x[base + window * params.rest.y + j * params.rest.z];
            if DTYPE == FLOAT32 { real += bitcast<f32>(bits); } else { integer += bits; }
        }
    }
    out[i] = select(integer, bitcast<u32>(real), DTYPE == FLOAT32);
}
