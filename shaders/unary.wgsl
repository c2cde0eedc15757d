// out = OP(x), elementwise.

const NEG = 0u;
const ABS = 1u;
const SIGN = 2u;
const EXP = 3u;
const LOG = 4u;
const SQRT = 5u;
const SIN = 6u;
const COS = 7u;
const TANH = 8u;
const SIGMOID = 9u;
const RELU = 10u;
const LOG1P = 11u;
const EXPM1 = 12u;
const RSQRT = 13u;
const RECIPROCAL = 14u;
const FLOOR = 15u;
const CEIL = 16u;
const ROUND = 17u;
const TRUNC = 18u;
const ERF = 19u;

fn of_real(v: f32) -> f32 {
    switch OP {
        case NEG: { return neg_of(v); }
        case ABS: { return abs_of(v); }
        case SIGN: { return sign_of(v); }
        case RELU: { return relu_of(v); }
        case EXP: { return exp_of(v); }
        case LOG: { return log_of(v); }
        case SQRT: { return sqrt_of(v); }
        case SIN: { return sin_of(v); }
        case COS: { return cos_of(v); }
        case TANH: { return tanh_of(v); }
        case SIGMOID: { return sigmoid_of(v); }
        case LOG1P: { return log1p_of(v); }
        case EXPM1: { return expm1_of(v); }
        case RSQRT: { return rsqrt_of(v); }
        case RECIPROCAL: { return reciprocal_of(v); }
        case FLOOR: { return floor_of(v); }
        case CEIL: { return ceil_of(v); }
        case ROUND: { return round_of(v); }
        case TRUNC: { return trunc_of(v); }
        default: { return erf_of(v); }
    }
}

fn of_integer(v: i32) -> i32 {
    switch OP {
        case NEG: { return -v; }
        case ABS: { return abs(v); }
        case SIGN: { return sign(v); }
        default: { return max(v, 0); }
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
    let bits = x_at(i);
    if DTYPE == FLOAT32 {
        out[i] = bitcast<u32>(of_real(bitcast<f32>(bits)));
    } else {
        out[i] = bitcast<u32>(of_integer(bitcast<i32>(bits)));
    }
}
