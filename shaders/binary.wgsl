// out = OP(x, y), elementwise. Integers wrap around.

const ADD = 0u;
const SUB = 1u;
const MUL = 2u;
const DIV = 3u;
const POW = 4u;
const MAXIMUM = 5u;
const MINIMUM = 6u;

fn of_reals(a: f32, b: f32) -> f32 {
    switch OP {
        case ADD: { return a + b; }
        case SUB: { return a - b; }
        case MUL: { return a * b; }
        case DIV: { return divide(a, b); }
        case POW: { return power(a, b); }
        case MAXIMUM: { return larger(a, b); }
        default: { return smaller(a, b); }
    }
}

// Of a fraction, what is left as an integer: 1, -1 or 0.
fn integer_power(a: i32, b: i32) -> i32 {
    if b < 0 {
        if a == -1 { return 1 - 2 * (b & 1); }
        return select(0, 1, a == 1);
    }
    var value = 1;
    var base = a;
    for (var n = u32(b); n > 0u; n >>= 1u) {
        if (n & 1u) == 1u { value *= base; }
        base *= base;
    }
    return value;
}

fn of_integers(a: i32, b: i32) -> i32 {
    switch OP {
        case ADD: { return a + b; }
        case SUB: { return a - b; }
        case MUL: { return a * b; }
        case POW: { return integer_power(a, b); }
        case MAXIMUM: { return max(a, b); }
        default: { return min(a, b); }
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
    if DTYPE == FLOAT32 {
        out[i] = bitcast<u32>(of_reals(bitcast<f32>(a), bitcast<f32>(b)));
    } else {
        out[i] = bitcast<u32>(of_integers(bitcast<i32>(a), bitcast<i32>(b)));
    }
}
