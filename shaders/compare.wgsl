// out = OP(x, y), elementwise; out is bool. NaN differs from everything and is neither less nor greater.

const EQ = 0u;
const NE = 1u;
const LT = 2u;
const LE = 3u;
const GT = 4u;
const GE = 5u;

fn holds(less: bool, equal: bool, greater: bool) -> bool {
    switch OP {
        case EQ: { return equal; }
        case NE: { return !equal; }
        case LT: { return less; }
        case LE: { return less || equal; }
        case GT: { return greater; }
        default: { return greater || equal; }
    }
}

@compute @workgroup_size(256)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let a = x_at(i);
    let b = y_at(i);
    // Without parentheses, `v < w, … >` would be read as a list of types.
    var answer: bool;
    if DTYPE == FLOAT32 {
        let v = bitcast<f32>(a);
        let w = bitcast<f32>(b);
        let ordered = !is_nan(v) && !is_nan(w);
        answer = holds(ordered && (v < w), ordered && (v == w), ordered && (v > w));
    } else {
        let v = bitcast<i32>(a);
        let w = bitcast<i32>(b);
        answer = holds((v < w), (v == w), (v > w));
    }
    out[i] = select(0u, 1u, answer);
}
