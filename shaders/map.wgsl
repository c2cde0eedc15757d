// The elementwise functions that generated kernels call: `…_f` of float32, `…_i` of int64 (as 32 bits), `…_b` of
// bool. What WGSL has as an operator, and does as PyTorch does, is written as one.

fn neg_f(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) ^ 0x80000000u); }
fn abs_f(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) & 0x7fffffffu); }

// NaN has the sign 0, as in PyTorch.
fn sign_f(v: f32) -> f32 {
    let bits = bitcast<u32>(v);
    if is_nan(v) || (bits & 0x7fffffffu) == 0u { return 0.0; }
    return bitcast<f32>((bits & 0x80000000u) | 0x3f800000u);
}

// By its bits: a negative number that is not NaN becomes 0.
fn relu_f(v: f32) -> f32 {
    let bits = bitcast<u32>(v);
    return bitcast<f32>(select(bits, 0u, bits > 0x7fffffffu && bits <= 0xff800000u));
}

fn sin_f(v: f32) -> f32 { return sine(v, 0); }
fn cos_f(v: f32) -> f32 { return sine(v, 1); }

fn relu_i(v: i32) -> i32 { return max(v, 0); }

// Of a fraction, what is left as an integer: 1, -1 or 0.
fn pow_i(a: i32, b: i32) -> i32 {
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

// Truncates towards zero; NaN is 0, and what is too large becomes the nearest integer there is.
fn integer_of(v: f32) -> i32 {
    if is_nan(v) { return 0; }
    if v >= 2147483648.0 { return 2147483647; }
    if v <= -2147483648.0 { return -2147483647 - 1; }
    return i32(v);
}

// NaN counts as true, as everything but zero does.
fn truth_of(v: f32) -> bool { return (bitcast<u32>(v) & 0x7fffffffu) != 0u; }

// Whether neither of two numbers is NaN, and whether two numbers differ (NaN from everything): for one and four.
fn comparable(a: f32, b: f32) -> bool { return !is_nan(a) && !is_nan(b); }
fn differ(a: f32, b: f32) -> bool { return a != b || !comparable(a, b); }

fn are_nan(v: vec4<f32>) -> vec4<bool> {
    return (bitcast<vec4<u32>>(v) & vec4<u32>(0x7fffffffu)) > vec4<u32>(0x7f800000u);
}
fn comparable4(a: vec4<f32>, b: vec4<f32>) -> vec4<bool> { return !(are_nan(a) | are_nan(b)); }
fn differ4(a: vec4<f32>, b: vec4<f32>) -> vec4<bool> { return (a != b) | are_nan(a) | are_nan(b); }
