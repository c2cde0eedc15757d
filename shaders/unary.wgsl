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

fn of_real(bits: u32) -> u32 {
    let v = bitcast<f32>(bits);
    switch OP {
        case NEG: { return bits ^ 0x80000000u; }
        case ABS: { return bits & 0x7fffffffu; }
        case SIGN: {
            // NaN has the sign 0, as in PyTorch.
            if is_nan(v) || (bits & 0x7fffffffu) == 0u { return 0u; }
            return (bits & 0x80000000u) | 0x3f800000u;
        }
        case RELU: { return select(bits, 0u, !is_nan(v) && v < 0.0); }
        case EXP: { return bitcast<u32>(exp_of(v)); }
        case LOG: { return bitcast<u32>(log_of(v)); }
        case SQRT: { return bitcast<u32>(sqrt_of(v)); }
        case SIN: { return bitcast<u32>(sine(v, 0)); }
        case COS: { return bitcast<u32>(sine(v, 1)); }
        case TANH: { return bitcast<u32>(tanh_of(v)); }
        default: { return bitcast<u32>(sigmoid_of(v)); }
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
        out[i] = of_real(bits);
    } else {
        out[i] = bitcast<u32>(of_integer(bitcast<i32>(bits)));
    }
}
