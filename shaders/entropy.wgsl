// The loss of classifiers: for scores x [N, C] and classes y [N], the mean of log Σ exp x − x[y] over the rows whose
// label is not the one that does not count.
//
// count: N. length: C. more: the strides of x along N and C, that of y, and the label that does not count.

fn score(row: u32, j: u32) -> f32 {
    return bitcast<f32>(x[params.offset.x + row * params.more.x + j * params.more.y]);
}

fn label_of(row: u32) -> u32 { return y[params.offset.y + row * params.more.z]; }

// The largest score of a row, and Σ exp(score − largest).
fn norm(row: u32) -> vec2<f32> {
    var most = minus_infinity();
    for (var j = 0u; j < params.length; j += 1u) { most = larger(most, score(row, j)); }
    var sum = 0.0;
    for (var j = 0u; j < params.length; j += 1u) { sum += exp_of(score(row, j) - most); }
    return vec2<f32>(most, sum);
}

var<workgroup> totals: array<vec2<f32>, 64>;

// out: the mean, and 1 / the number of rows that count.
@compute @workgroup_size(64)
fn loss(@builtin(local_invocation_index) local: u32) {
    var total = vec2<f32>();
    for (var row = local; row < params.count; row += 64u) {
        let label = label_of(row);
        if label == params.more.w { continue; }
        let n = norm(row);
        var value = nan();
        if label < params.length { value = log_of(n.y) + n.x - score(row, label); }
        total += vec2<f32>(value, 1.0);
    }
    totals[local] = total;
    workgroupBarrier();
    if local != 0u { return; }
    for (var i = 1u; i < 64u; i += 1u) { total += totals[i]; }
    out[params.offset.w] = bitcast<u32>(divide(total.x, total.y));
    out[params.offset.w + 1u] = bitcast<u32>(divide(1.0, total.y));
}

// out: its gradient. z: the gradient from above. w, from rest.x on: what `loss` gave.
@compute @workgroup_size(64)
fn gradient(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let row = linear_group(group, groups) * 64u + local;
    if row >= params.count { return; }
    let label = label_of(row);
    if label == params.more.w {
        for (var j = 0u; j < params.length; j += 1u) { out[row * params.length + j] = 0u; }
        return;
    }
    let scale = bitcast<f32>(z[params.offset.z]) * bitcast<f32>(w[params.rest.x + 1u]);
    let n = norm(row);
    let factor = scale / n.y;
    for (var j = 0u; j < params.length; j += 1u) {
        let share = exp_of(score(row, j) - n.x) * factor;
        out[row * params.length + j] = bitcast<u32>(select(share, share - scale, j == label));
    }
}
