// What generated kernels call besides the functions of math.wgsl: conversions and comparisons.

fn relu_i(v: i32) -> i32 { return max(v, 0); }

// Truncates towards zero; NaN is 0, and what is too large becomes the nearest integer there is.
fn integer_of(v: f32) -> i32 {
    if is_nan(v) { return 0; }
    if v >= 2147483648.0 { return 2147483647; }
    if v <= -2147483648.0 { return -2147483647 - 1; }
    return i32(v);
}

// Element `at` of an array of bytes from the word that it lies in, all four of a word, and a word of four.
fn byte_of(word: u32, at: u32) -> i32 { return i32((word >> ((at & 3u) << 3u)) & 255u); }
fn bytes_of(word: u32) -> vec4<i32> {
    return vec4<i32>((vec4<u32>(word) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(255u));
}
fn word_of(v: vec4<i32>) -> u32 {
    let bytes = vec4<u32>(v) << vec4<u32>(0u, 8u, 16u, 24u);
    return bytes.x | bytes.y | bytes.z | bytes.w;
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
