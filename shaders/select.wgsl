// out = x ? y : z, elementwise; x is bool, the others any dtype of one word per element.

@compute @workgroup_size(256)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let i = linear_group(group, groups) * GROUP + local;
    if i >= params.count { return; }
    if x_at(i) != 0u {
        out[i] = y_at(i);
    } else {
        out[i] = z_at(i);
    }
}
