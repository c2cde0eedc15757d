// out = x - max - log Σ exp(x - max) along rows of params.length elements.

fn row_element(base: u32, j: u32) -> f32 {
    return bitcast<f32>(x[base + x_walk(j, params.outer, params.ndim)]);
}

// Short rows: one invocation each.
@compute @workgroup_size(64)
fn serial(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let row = linear_group(group, groups) * 64u + local;
    if row >= params.count { return; }
    let base = params.offset.x + x_walk(row, 0u, params.outer);
    var most = minus_infinity();
    for (var j = 0u; j < params.length; j += 1u) {
        most = larger(most, row_element(base, j));
    }
    var sum = 0.0;
    for (var j = 0u; j < params.length; j += 1u) {
        sum += exp_of(row_element(base, j) - most);
    }
    let norm = log_of(sum);
    for (var j = 0u; j < params.length; j += 1u) {
        out[row * params.length + j] = bitcast<u32>(row_element(base, j) - most - norm);
    }
}

var<workgroup> parts: array<f32, 256>;

// Long rows: one workgroup each.
@compute @workgroup_size(256)
fn tree(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let row = linear_group(group, groups);
    if row >= params.count { return; }
    let base = params.offset.x + x_walk(row, 0u, params.outer);

    var most = minus_infinity();
    for (var j = local; j < params.length; j += GROUP) {
        most = larger(most, row_element(base, j));
    }
    parts[local] = most;
    for (var half = 128u; half > 0u; half >>= 1u) {
        workgroupBarrier();
        if local < half { parts[local] = larger(parts[local], parts[local + half]); }
    }
    workgroupBarrier();
    most = parts[0];
    workgroupBarrier();

    var sum = 0.0;
    for (var j = local; j < params.length; j += GROUP) {
        sum += exp_of(row_element(base, j) - most);
    }
    parts[local] = sum;
    for (var half = 128u; half > 0u; half >>= 1u) {
        workgroupBarrier();
        if local < half { parts[local] += parts[local + half]; }
    }
    workgroupBarrier();
    let norm = log_of(parts[0]);
    for (var j = local; j < params.length; j += GROUP) {
        out[row * params.length + j] = bitcast<u32>(row_element(base, j) - most - norm);
    }
}
