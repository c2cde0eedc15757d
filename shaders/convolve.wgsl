// Windows over images, multiplied with weights, in float32 and with any strides. Each of the three parts of a convolution
// is such a sum, of the two others: the backend says which dimension is which. An invocation computes 4, 8 or 12 windows
// beside each other for 4 channels, over a part of the sum; several parts lie one after another in out, to be summed by a
// second run.
//
// length: the rows of a window in all channels. more: groups, channels of the result in each, parts, the rows in each part.
// rest: height and width of an image and of a window. shape: height and width of the result, the steps of windows; the
// steps within a window, the margins. x_strides: image, group, channel, row; column, how many places of a window lie
// between two rows and two columns of the image. y_strides: group, channel of the result, channel, row; column.
// out_strides: image, group, channel, row; column, part. z_strides: group, channel; whether there is a bias.
//
// OP has two numbers: how windows slide, in the lowest two bits, and how many vectors of four windows an invocation
// computes, less one.
override SLIDING: u32 = OP & 3u;
override VECTORS: u32 = (OP >> 2u) + 1u;

// All windows lie inside, and step by one. They step by one. Anything.
const INSIDE = 0u;
const BY_ONE = 1u;
const ANY = 2u;

fn pixel(row: u32, column: u32) -> f32 {
    var at = column;
    if SLIDING == ANY {
        let apart = params.x_strides[1].z;
        let inside = column / apart;
        at = select(params.rest.y, inside, inside * apart == column);
    }
    if SLIDING == INSIDE { return bitcast<f32>(x[row + at * params.x_strides[1].x]); }
    // Chosen, not skipped: neighbours load together.
    let value = bitcast<f32>(x[row + min(at, params.rest.y - 1u) * params.x_strides[1].x]);
    return select(0.0, value, at < params.rest.y);
}

fn four(row: u32, column: u32, step: u32) -> vec4<f32> {
    return vec4<f32>(
        pixel(row, column),
        pixel(row, column + step),
        pixel(row, column + 2u * step),
        pixel(row, column + 3u * step),
    );
}

// The row of the image that lies under a row of a window; beyond the last one if there is none.
fn image_row(place: u32) -> u32 {
    if SLIDING != ANY { return place; }
    let apart = params.x_strides[1].y;
    let row = place / apart;
    return select(params.rest.x, row, row * apart == place);
}

// Four results beside each other, as far as there are so many.
fn store_four(at: u32, column: u32, v: vec4<f32>) {
    let step = params.out_strides[1].x;
    let width = params.shape[0].y;
    if column < width { out[at + column * step] = bitcast<u32>(v.x); }
    if column + 1u < width { out[at + (column + 1u) * step] = bitcast<u32>(v.y); }
    if column + 2u < width { out[at + (column + 2u) * step] = bitcast<u32>(v.z); }
    if column + 3u < width { out[at + (column + 3u) * step] = bitcast<u32>(v.w); }
}

// The results of a channel, if there is such a channel. `at` is where those of the first channel in the group begin.
fn store(
    at: u32, bias_at: u32, part: u32, channel: u32, column: u32,
    low: vec4<f32>, middle: vec4<f32>, high: vec4<f32>,
) {
    if channel >= params.more.y { return; }
    var bias = 0.0;
    if params.z_strides[0].z != 0u && part == 0u {
        bias = bitcast<f32>(z[bias_at + channel * params.z_strides[0].y]);
    }
    let row = at + channel * params.out_strides[0].z;
    store_four(row, column, low + bias);
    if VECTORS > 1u { store_four(row, column + 4u, middle + bias); }
    if VECTORS > 2u { store_four(row, column + 8u, high + bias); }
}

@compute @workgroup_size(64)
fn windows(
    @builtin(workgroup_id) workgroup: vec3<u32>,
    @builtin(num_workgroups) workgroups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(workgroup, workgroups) * 64u + local;
    if i >= params.count { return; }
    let size = params.shape[0];
    let place = params.shape[1];
    let width = 4u * VECTORS;
    let across = (size.y + width - 1u) / width;
    let above = i / across;
    let left = (i - above * across) * width;
    let down = above / size.x;
    let top = above - down * size.x;
    let fours = (params.more.y + 3u) / 4u;
    let slice = down / fours;
    let channel = (down - slice * fours) * 4u;
    let image_part = slice / params.more.x;
    let group = slice - image_part * params.more.x;
    let image = image_part / params.more.z;
    let part = image_part - image * params.more.z;

    let x_base = params.offset.x + image * params.x_strides[0].x + group * params.x_strides[0].y;
    let y_base = params.offset.y + group * params.y_strides[0].x;
    // Channels that are too many are computed again, and not stored.
    let last = params.more.y - 1u;
    let channels = min(vec4<u32>(channel, channel + 1u, channel + 2u, channel + 3u), vec4<u32>(last));
    let weights = y_base + channels * params.y_strides[0].y;
    let start = part * params.more.w;
    let end = min(start + params.more.w, params.length);
    let column = left * size.w - place.w;

    // Not arrays: indices that are not constant would put them into memory.
    var low_0 = vec4<f32>();
    var low_1 = vec4<f32>();
    var low_2 = vec4<f32>();
    var low_3 = vec4<f32>();
    var middle_0 = vec4<f32>();
    var middle_1 = vec4<f32>();
    var middle_2 = vec4<f32>();
    var middle_3 = vec4<f32>();
    var high_0 = vec4<f32>();
    var high_1 = vec4<f32>();
    var high_2 = vec4<f32>();
    var high_3 = vec4<f32>();
    for (var j = start; j < end; j += 1u) {
        let c = j / params.rest.z;
        let k = j - c * params.rest.z;
        let row = image_row(top * size.z + k * place.x - place.z);
        if row >= params.rest.x { continue; }
        let under = x_base + c * params.x_strides[0].z + row * params.x_strides[0].w;
        let w = weights + c * params.y_strides[0].z + k * params.y_strides[0].w;
        var a = four(under, column, size.w);
        var b = vec4<f32>();
        var d = vec4<f32>();
        if VECTORS > 1u { b = four(under, column + 4u * size.w, size.w); }
        if VECTORS > 2u { d = four(under, column + 8u * size.w, size.w); }
        for (var l = 0u; l < params.rest.w; l += 1u) {
            if SLIDING == ANY && l > 0u {
                let moved = column + l * place.y;
                a = four(under, moved, size.w);
                if VECTORS > 1u { b = four(under, moved + 4u * size.w, size.w); }
                if VECTORS > 2u { d = four(under, moved + 8u * size.w, size.w); }
            }
            let v = w + l * params.y_strides[1].x;
            let w0 = bitcast<f32>(y[v.x]);
            let w1 = bitcast<f32>(y[v.y]);
            let w2 = bitcast<f32>(y[v.z]);
            let w3 = bitcast<f32>(y[v.w]);
            low_0 += w0 * a;
            low_1 += w1 * a;
            low_2 += w2 * a;
            low_3 += w3 * a;
            if VECTORS > 1u {
                middle_0 += w0 * b;
                middle_1 += w1 * b;
                middle_2 += w2 * b;
                middle_3 += w3 * b;
            }
            if VECTORS > 2u {
                high_0 += w0 * d;
                high_1 += w1 * d;
                high_2 += w2 * d;
                high_3 += w3 * d;
            }
            if SLIDING != ANY {
                // The windows' next column: all but one element are known.
                let next = pixel(under, column + l + width);
                a = vec4<f32>(a.yzw, select(next, b.x, VECTORS > 1u));
                b = vec4<f32>(b.yzw, select(next, d.x, VECTORS > 2u));
                d = vec4<f32>(d.yzw, next);
            }
        }
    }

    let at = params.offset.w + part * params.out_strides[1].y + image * params.out_strides[0].x
        + group * params.out_strides[0].y + top * params.out_strides[0].w;
    let bias_at = params.offset.z + group * params.z_strides[0].x;
    store(at, bias_at, part, channel, left, low_0, middle_0, high_0);
    store(at, bias_at, part, channel + 1u, left, low_1, middle_1, high_1);
    store(at, bias_at, part, channel + 2u, left, low_2, middle_2, high_2);
    store(at, bias_at, part, channel + 3u, left, low_3, middle_3, high_3);
}
