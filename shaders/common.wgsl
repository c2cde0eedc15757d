// What every kernel shares; the backend puts this file in front of each of the others, and the part before the line of
// `====` in front of those that it generates.
//
// Buffers are arrays of words. A float32, an int64 (as 32 bits) and a bool (0 or 1) take a word each, four
// uint8 share one. Compilers may assume that floats are finite, so NaN is found and made by its bits.

// Which function of the family runs; for copy.wgsl the dtype of the input.
override OP: u32 = 0u;
// The dtype that is computed with; for copy.wgsl that of the output.
override DTYPE: u32 = 3u;

const BOOL = 0u;
const UINT8 = 1u;
const INT64 = 2u;
const FLOAT32 = 3u;

const GROUP = 256u;

// More than 65,535 workgroups are laid out in two dimensions: this counts through them.
fn linear_group(group: vec3<u32>, groups: vec3<u32>) -> u32 {
    return group.y * groups.x + group.x;
}

// A constant expression may not be NaN or infinite; the result of a function is none.
fn from_bits(bits: u32) -> f32 { return bitcast<f32>(bits); }
fn nan() -> f32 { return from_bits(0x7fc00000u); }
fn infinity() -> f32 { return from_bits(0x7f800000u); }
fn minus_infinity() -> f32 { return from_bits(0xff800000u); }

fn is_nan(v: f32) -> bool { return (bitcast<u32>(v) & 0x7fffffffu) > 0x7f800000u; }
fn is_infinite(v: f32) -> bool { return (bitcast<u32>(v) & 0x7fffffffu) == 0x7f800000u; }

// The larger one; NaN if either is.
fn larger(a: f32, b: f32) -> f32 {
    if is_nan(a) { return a; }
    if is_nan(b) { return b; }
    return select(b, a, a > b);
}

// The smaller one; NaN if either is.
fn smaller(a: f32, b: f32) -> f32 {
    if is_nan(a) { return a; }
    if is_nan(b) { return b; }
    return select(b, a, a < b);
}

// ==== What only the fixed kernels need ====

// How inputs and output lie. The shape has two parts, never empty: dimensions before `outer` are walked by one
// result after another, those from `outer` to `ndim` within one result (what is folded; a row).
// Sizes, strides and offsets are in elements; a negative stride is its two's complement.
struct Params {
    // How many results there are: invocations, or workgroups where one is needed for each.
    count: u32,
    outer: u32,
    ndim: u32,
    // The number of elements of the second part, or the inner size of a matrix product.
    length: u32,
    // Of x, y, z and out.
    offset: vec4<u32>,
    // What these are is said in each file.
    more: vec4<u32>,
    rest: vec4<u32>,
    shape: array<vec4<u32>, 2>,
    x_strides: array<vec4<u32>, 2>,
    y_strides: array<vec4<u32>, 2>,
    z_strides: array<vec4<u32>, 2>,
    out_strides: array<vec4<u32>, 2>,
    // What programs behind a product take.
    behind: array<vec4<u32>, 18>,
}

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> y: array<u32>;
@group(0) @binding(2) var<storage, read> z: array<u32>;
@group(0) @binding(3) var<storage, read> w: array<u32>;
@group(0) @binding(8) var<storage, read_write> out: array<u32>;
@group(0) @binding(16) var<uniform> params: Params;

// Where the element with row-major index `i` over the dimensions `first..last` lies, from the offset on.
fn x_walk(i: u32, first: u32, last: u32) -> u32 {
    var rest = i;
    var at = 0u;
    for (var d = last - 1u; d > first; d -= 1u) {
        let size = params.shape[d >> 2u][d & 3u];
        let next = rest / size;
        at += (rest - next * size) * params.x_strides[d >> 2u][d & 3u];
        rest = next;
    }
    return at + rest * params.x_strides[first >> 2u][first & 3u];
}

fn y_walk(i: u32, first: u32, last: u32) -> u32 {
    var rest = i;
    var at = 0u;
    for (var d = last - 1u; d > first; d -= 1u) {
        let size = params.shape[d >> 2u][d & 3u];
        let next = rest / size;
        at += (rest - next * size) * params.y_strides[d >> 2u][d & 3u];
        rest = next;
    }
    return at + rest * params.y_strides[first >> 2u][first & 3u];
}

fn z_walk(i: u32, first: u32, last: u32) -> u32 {
    var rest = i;
    var at = 0u;
    for (var d = last - 1u; d > first; d -= 1u) {
        let size = params.shape[d >> 2u][d & 3u];
        let next = rest / size;
        at += (rest - next * size) * params.z_strides[d >> 2u][d & 3u];
        rest = next;
    }
    return at + rest * params.z_strides[first >> 2u][first & 3u];
}

fn out_walk(i: u32, first: u32, last: u32) -> u32 {
    var rest = i;
    var at = 0u;
    for (var d = last - 1u; d > first; d -= 1u) {
        let size = params.shape[d >> 2u][d & 3u];
        let next = rest / size;
        at += (rest - next * size) * params.out_strides[d >> 2u][d & 3u];
        rest = next;
    }
    return at + rest * params.out_strides[first >> 2u][first & 3u];
}

// Element `i` of a whole operand, in row-major order.
fn x_at(i: u32) -> u32 { return x[params.offset.x + x_walk(i, 0u, params.outer)]; }
fn y_at(i: u32) -> u32 { return y[params.offset.y + y_walk(i, 0u, params.outer)]; }

// Byte `at` of x.
fn x_byte(at: u32) -> u32 {
    return (x[at >> 2u] >> (8u * (at & 3u))) & 255u;
}

// Element `at` of x, of any dtype.
fn x_element(at: u32) -> u32 {
    if DTYPE == UINT8 { return x_byte(at); }
    return x[at];
}
