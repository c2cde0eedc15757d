// Elements and rows that are named by the integers in y. An index out of range gives NaN, or 0 for integers.

// What stands for an element that does not exist.
fn missing() -> u32 {
    return select(0u, 0x7fc00000u, DTYPE == FLOAT32);
}

// out[…, j] = x[…, y[…, j]]. Rows are walked by the dimensions before `outer`.
// more: the size of the last dimension of y, of x, and the strides there of x and y. A uint8 becomes a word.
@compute @workgroup_size(256)
fn gather(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let row = i / params.more.x;
    let j = i - row * params.more.x;
    let k = y[params.offset.y + y_walk(row, 0u, params.outer) + j * params.more.w];
    // A negative index is a large one without its sign.
    if k < params.more.y {
        out[i] = x_element(params.offset.x + x_walk(row, 0u, params.outer) + k * params.more.z);
    } else {
        out[i] = missing();
    }
}

// out = y · size + x, where a negative x counts from the end; -1 for what does not exist. more.x: the size.
@compute @workgroup_size(256)
fn locate(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let size = params.more.x;
    let before = y_at(i);
    var k = x_at(i);
    // A negative number is one of 2^31 or more without its sign.
    if k >= 0x80000000u { k += size; }
    if k < size && before < 0x80000000u {
        out[i] = before * size + k;
    } else {
        out[i] = 0xffffffffu;
    }
}

// Where element i of out[i, …] = x[y[i], …] lies in x, and whether there is such a row.
// A row has params.length elements. more: the number of rows of x, their stride, the stride of y.
struct Found {
    at: u32,
    exists: bool,
}

fn find(i: u32) -> Found {
    let row = i / params.length;
    let k = y[params.offset.y + row * params.more.z];
    let within = x_walk(i - row * params.length, params.outer, params.ndim);
    return Found(params.offset.x + k * params.more.y + within, k < params.more.x);
}

@compute @workgroup_size(256)
fn index_select(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let found = find(i);
    if found.exists { out[i] = x[found.at]; } else { out[i] = missing(); }
}

// The same for uint8: one invocation writes the four bytes of one word. more.w: the number of elements.
@compute @workgroup_size(256)
fn index_select_bytes(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    var word = 0u;
    for (var lane = 0u; lane < 4u; lane += 1u) {
        let element = i * 4u + lane;
        if element < params.more.w {
            let found = find(element);
            if found.exists { word |= x_byte(found.at) << (8u * lane); }
        }
    }
    out[i] = word;
}

// The output again, by fours.
@group(0) @binding(8) var<storage, read_write> fours: array<vec4<u32>>;

// Rows of uint8 as float32, scaled. more.w: the bits of the scale. Rows are made of whole words, which begin where words
// do: one invocation for each.
@compute @workgroup_size(256)
fn batch_by_four(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let words = params.length >> 2u;
    let row = i / words;
    let k = y[params.offset.y + row * params.more.z];
    var four = vec4<u32>(missing());
    if k < params.more.x {
        let word = x[((params.offset.x + k * params.more.y) >> 2u) + i - row * words];
        let bytes = (vec4<u32>(word) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(255u);
        four = bitcast<vec4<u32>>(vec4<f32>(bytes) * bitcast<f32>(params.more.w));
    }
    fours[i] = four;
}

// The same for rows of any size.
@compute @workgroup_size(256)
fn batch(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let found = find(i);
    if found.exists {
        out[i] = bitcast<u32>(f32(x_byte(found.at)) * bitcast<f32>(params.more.w));
    } else {
        out[i] = missing();
    }
}
