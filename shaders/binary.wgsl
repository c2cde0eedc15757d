// out = OP(x, y), elementwise. Integers wrap around; truth values are 0 and 1.

const ADD = 0u;
const SUB = 1u;
const MUL = 2u;
const DIV = 3u;
const POW = 4u;
const MAXIMUM = 5u;
const MINIMUM = 6u;
const FLOOR_DIVIDE = 7u;
const REMAINDER = 8u;
const AND = 9u;
const OR = 10u;
const XOR = 11u;

fn of_reals(a: f32, b: f32) -> f32 {
    switch OP {
        case ADD: { return a + b; }
        case SUB: { return a - b; }
        case MUL: { return a * b; }
        case DIV: { return divide(a, b); }
        case POW: { return power(a, b); }
        case MAXIMUM: { return larger(a, b); }
        case MINIMUM: { return smaller(a, b); }
        case FLOOR_DIVIDE: { return floor_divide(a, b); }
        default: { return remainder(a, b); }
    }
}

fn of_integers(a: i32, b: i32) -> i32 {
    switch OP {
        case ADD: { return a + b; }
        case SUB: { return a - b; }
        case MUL: { return a * b; }
        case POW: { return integer_power(a, b); }
        case MAXIMUM: { return max(a, b); }
        case MINIMUM: { return min(a, b); }
        case FLOOR_DIVIDE: { return integer_floor_divide(a, b); }
        case REMAINDER: { return integer_remainder(a, b); }
        case AND: { return a & b; }
        case OR: { return a | b; }
        default: { return a ^ b; }
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
