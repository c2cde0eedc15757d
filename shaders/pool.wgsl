// Pooling by the largest element: where in its image it lies, and what is added up at such places. Every result is made by
// one invocation, so that the order of a sum is always the same.
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
    let first = at.zw * params.shape[0].xy - params.shape[1].xy;
    let base = params.offset.x + at.x * params.x_strides[0].x + at.y * params.x_strides[0].y;
    var best = 0.0;
    var found = false;
    var result = 0u;
    for (var k = 0u; k < params.more.x; k += 1u) {
        let row = first.x + k * params.shape[0].z;
        if row >= params.rest.x { continue; }
        for (var l = 0u; l < params.more.y; l += 1u) {
            let column = first.y + l * params.shape[0].w;
            if column >= params.rest.y { continue; }
            let v = bitcast<f32>(x[base + row * params.x_strides[0].z + column * params.x_strides[0].w]);
            let more = select(v > best, !is_nan(best), is_nan(v));
            if !found || (more && !is_nan(best)) {
                found = true;
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
    var sum = 0.0;
    // Element (k, l) of a window lies here, if the window exists.
    for (var k = 0u; k < params.more.x; k += 1u) {
        let down = at.z + params.shape[1].x - k * params.shape[0].z;
        let row = down / step.x;
        if row >= params.rest.z || row * step.x != down { continue; }
        for (var l = 0u; l < params.more.y; l += 1u) {
            let across = at.w + params.shape[1].y - l * params.shape[0].w;
            let column = across / step.y;
            if column >= params.rest.w || column * step.y != across { continue; }
            if y[y_base + row * params.y_strides[0].z + column * params.y_strides[0].w] == own {
                sum += bitcast<f32>(x[x_base + row * params.x_strides[0].z + column * params.x_strides[0].w]);
            }
        }
    }
    out[i] = bitcast<u32>(sum);
}
