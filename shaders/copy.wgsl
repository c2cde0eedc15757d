// out = x, converted from the dtype OP to the dtype DTYPE.

// The output again, for bytes that share a word with others.
@group(0) @binding(8) var<storage, read_write> cells: array<atomic<u32>>;

fn load(at: u32) -> u32 {
    if OP == UINT8 { return x_byte(at); }
    return x[at];
}

// Truncates towards zero; NaN is 0, and what is too large becomes the nearest integer there is.
fn truncated(v: f32) -> u32 {
    if is_nan(v) { return 0u; }
    if v >= 2147483648.0 { return 0x7fffffffu; }
    if v <= -2147483648.0 { return 0x80000000u; }
    return bitcast<u32>(i32(v));
}

fn convert(bits: u32) -> u32 {
    if OP == DTYPE { return bits; }
    switch DTYPE {
        case BOOL: {
            return select(0u, 1u, select(bits, bits & 0x7fffffffu, OP == FLOAT32) != 0u);
        }
        case UINT8: {
            if OP == FLOAT32 { return truncated(bitcast<f32>(bits)) & 255u; }
            return bits & 255u;
        }
        case INT64: {
            if OP == FLOAT32 { return truncated(bitcast<f32>(bits)); }
            return bits;
        }
        default: {
            return bitcast<u32>(f32(bitcast<i32>(bits)));
        }
    }
}

@compute @workgroup_size(256)
fn words(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let bits = load(params.offset.x + x_walk(i, 0u, params.outer));
    out[params.offset.w + out_walk(i, 0u, params.outer)] = convert(bits);
}

// uint8 output without gaps: one invocation writes the four bytes of one word, and keeps those that lie before
// the first or after the last element. more.x: the number of elements.
@compute @workgroup_size(256)
fn bytes(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let w = (params.offset.w >> 2u) + i;
    var word = out[w];
    for (var lane = 0u; lane < 4u; lane += 1u) {
        // Before the offset this wraps around to a number beyond the last element.
        let element = w * 4u + lane - params.offset.w;
        if element < params.more.x {
            let byte = convert(load(params.offset.x + x_walk(element, 0u, params.outer)));
            word = insertBits(word, byte, 8u * lane, 8u);
        }
    }
    out[w] = word;
}

// uint8 output with gaps: one invocation for each element. Each changes the bits of its own byte only, so that it
// does not matter in which order they come.
@compute @workgroup_size(256)
fn bytes_apart(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let byte = convert(load(params.offset.x + x_walk(i, 0u, params.outer))) & 255u;
    let at = params.offset.w + out_walk(i, 0u, params.outer);
    let shift = 8u * (at & 3u);
    atomicAnd(&cells[at >> 2u], ~(255u << shift));
    atomicOr(&cells[at >> 2u], byte << shift);
}
