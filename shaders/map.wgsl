// What generated kernels call besides the functions of math.wgsl: conversions and comparisons.

fn relu_i(v: i32) -> i32 { return max(v, 0); }

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
