// Pooling by the largest element: where in its image it lies, and what is added up at such places. Every sum is made by
// one invocation, so that its order is always the same.
//
// more: height and width of a window, channels. rest: height and width of an image and of the windows. shape: the steps of
// windows and those within one, the margins. The strides of x and y are those of images, channels, rows, columns.

fn place_of(v: vec4<u32>, strides: vec4<u32>) -> u32 {
    return v.x * strides.x + v.y * strides.y + v.z * strides.z + v.w * strides.w;
}

// Image, channel, row and column of element i, of images of some size.
fn parts(i: u32, size: vec2<u32>) -> vec4<u32> {
    let row = i / size.y;
    let channel = row / size.x;
    let image = channel / params.more.z;
    return vec4<u32>(image, channel - image * params.more.z, row - channel * size.x, i - row * size.y);
}

@compute @workgroup_size(256)
fn places(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let at = parts(i, params.rest.zw);
    // Where the window begins, counted from the margin's beginning, and which of its elements are inside.
    let start = at.zw * params.shape[0].xy;
    let margin = params.shape[1].xy;
    let step = params.shape[0].zw;
    let first = (max(margin, start) - start + step - 1u) / step;
    let end = min((params.rest.xy + margin - start + step - 1u) / step, params.more.xy);
    let base = params.offset.x + at.x * params.x_strides[0].x + at.y * params.x_strides[0].y;
    var best = minus_infinity();
    let place = start + first * step - margin;
    var result = place.x * params.rest.y + place.y;
    for (var k = first.x; k < end.x; k += 1u) {
        let row = start.x + k * step.x - margin.x;
        for (var l = first.y; l < end.y; l += 1u) {
            let column = start.y + l * step.y - margin.y;
            let v = bitcast<f32>(x[base + row * params.x_strides[0].z + column * params.x_strides[0].w]);
            if !is_nan(best) && (is_nan(v) || v > best) {
                best = v;
                result = row * params.rest.y + column;
            }
        }
    }
    out[i] = result;
}

@compute @workgroup_size(256)
fn spread(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let at = parts(i, params.rest.xy);
    let own = at.z * params.rest.y + at.w;
    let step = params.shape[0].xy;
    let low = vec4<u32>(at.xy, 0u, 0u);
    let x_base = params.offset.x + place_of(low, params.x_strides[0]);
    let y_base = params.offset.y + place_of(low, params.y_strides[0]);
    // The windows that reach here; which of them had their largest element here is written there.
    let here = at.zw + params.shape[1].xy;
    let reach = (params.more.xy - 1u) * params.shape[0].zw;
    let first = (max(here, reach) - reach + step - 1u) / step;
    let end = min(here / step + 1u, params.rest.zw);
    var sum = 0.0;
    for (var row = first.x; row < end.x; row += 1u) {
        for (var column = first.y; column < end.y; column += 1u) {
            if y[y_base + row * params.y_strides[0].z + column * params.y_strides[0].w] == own {
                sum += bitcast<f32>(x[x_base + row * params.x_strides[0].z + column * params.x_strides[0].w]);
            }
        }
    }
    out[i] = bitcast<u32>(sum);
}

// Where no two windows have an element in common, each puts its own into zeros.
@compute @workgroup_size(256)
fn clear(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i < params.count { out[i] = 0u; }
}

@compute @workgroup_size(256)
fn put(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    let at = parts(i, params.rest.zw);
    let value = x[params.offset.x + place_of(at, params.x_strides[0])];
    let place = y[params.offset.y + place_of(at, params.y_strides[0])];
    out[(at.x * params.more.z + at.y) * params.rest.x * params.rest.y + place] = value;
}
