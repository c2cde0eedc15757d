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

// The loss of a row: NaN for a class that there is none of.
fn loss_of(row: u32, label: u32, n: vec2<f32>) -> f32 {
    if label >= params.length { return nan(); }
    return log_of(n.y) + n.x - score(row, label);
}

// Writes the gradient of a row.
fn put_slopes(row: u32, label: u32, n: vec2<f32>, scale: f32) {
    let factor = scale / n.y;
    for (var j = 0u; j < params.length; j += 1u) {
        let share = exp_of(score(row, j) - n.x) * factor;
        out[row * params.length + j] = bitcast<u32>(select(share, share - scale, j == label));
    }
}

fn put_none(row: u32) {
    for (var j = 0u; j < params.length; j += 1u) { out[row * params.length + j] = 0u; }
}

var<workgroup> totals: array<vec2<f32>, 64>;

// The sum over all invocations, for each of them.
fn all_of(local: u32, own: vec2<f32>) -> vec2<f32> {
    totals[local] = own;
    workgroupBarrier();
    var total = vec2<f32>();
    for (var i = 0u; i < 64u; i += 1u) { total += totals[i]; }
    workgroupBarrier();
    return total;
}

// out: the mean, and 1 / the number of rows that count.
@compute @workgroup_size(64)
fn loss(@builtin(local_invocation_index) local: u32) {
    var total = vec2<f32>();
    for (var row = local; row < params.count; row += 64u) {
        let label = label_of(row);
        if label == params.more.w { continue; }
        total += vec2<f32>(loss_of(row, label, norm(row)), 1.0);
    }
    total = all_of(local, total);
    if local != 0u { return; }
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
        put_none(row);
        return;
    }
    let scale = bitcast<f32>(z[params.offset.z]) * bitcast<f32>(w[params.rest.x + 1u]);
    put_slopes(row, label, norm(row), scale);
}

@group(0) @binding(9) var<storage, read_write> means: array<u32>;

// The two at once, for so few rows that one workgroup does them. out: the gradient. means: what `loss` gives. z: the
// gradient from above.
@compute @workgroup_size(64)
fn both(@builtin(local_invocation_index) local: u32) {
    var count = 0.0;
    for (var row = local; row < params.count; row += 64u) { count += f32(label_of(row) != params.more.w); }
    count = all_of(local, vec2<f32>(0.0, count)).y;
    let scale = divide(bitcast<f32>(z[params.offset.z]), count);
    var total = 0.0;
    for (var row = local; row < params.count; row += 64u) {
        let label = label_of(row);
        if label == params.more.w {
            put_none(row);
            continue;
        }
        let n = norm(row);
        total += loss_of(row, label, n);
        put_slopes(row, label, n, scale);
    }
    total = all_of(local, vec2<f32>(total, 0.0)).x;
    if local != 0u { return; }
    means[0] = bitcast<u32>(divide(total, count));
    means[1] = bitcast<u32>(divide(1.0, count));
}
