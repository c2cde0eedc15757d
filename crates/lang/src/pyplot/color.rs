//! Colours: their names, and the scales that make them of numbers.

use crate::value::Value;

/// The colours of lines one after another, as Matplotlib takes them.
pub(super) const CYCLE: [&str; 10] = [
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22",
    "#17becf",
];

const NAMES: &[(&str, &str)] = &[
    ("b", "#0000ff"),
    ("g", "#008000"),
    ("r", "#ff0000"),
    ("c", "#00bfbf"),
    ("m", "#bf00bf"),
    ("y", "#bfbf00"),
    ("k", "#000000"),
    ("w", "#ffffff"),
    ("blue", "#0000ff"),
    ("green", "#008000"),
    ("red", "#ff0000"),
    ("cyan", "#00ffff"),
    ("magenta", "#ff00ff"),
    ("yellow", "#ffff00"),
    ("black", "#000000"),
    ("white", "#ffffff"),
    ("gray", "#808080"),
    ("grey", "#808080"),
    ("orange", "#ffa500"),
    ("purple", "#800080"),
    ("brown", "#a52a2a"),
    ("pink", "#ffc0cb"),
    ("olive", "#808000"),
    ("navy", "#000080"),
    ("teal", "#008080"),
    ("lime", "#00ff00"),
    ("gold", "#ffd700"),
    ("salmon", "#fa8072"),
    ("coral", "#ff7f50"),
    ("tomato", "#ff6347"),
    ("crimson", "#dc143c"),
    ("darkred", "#8b0000"),
    ("darkblue", "#00008b"),
    ("darkgreen", "#006400"),
    ("darkorange", "#ff8c00"),
    ("lightblue", "#add8e6"),
    ("lightgreen", "#90ee90"),
    ("lightgray", "#d3d3d3"),
    ("lightgrey", "#d3d3d3"),
    ("darkgray", "#a9a9a9"),
    ("skyblue", "#87ceeb"),
    ("steelblue", "#4682b4"),
    ("royalblue", "#4169e1"),
    ("dodgerblue", "#1e90ff"),
    ("cornflowerblue", "#6495ed"),
    ("indigo", "#4b0082"),
    ("violet", "#ee82ee"),
    ("turquoise", "#40e0d0"),
    ("maroon", "#800000"),
    ("silver", "#c0c0c0"),
    ("tan", "#d2b48c"),
    ("khaki", "#f0e68c"),
    ("chocolate", "#d2691e"),
    ("forestgreen", "#228b22"),
    ("seagreen", "#2e8b57"),
    ("firebrick", "#b22222"),
    ("hotpink", "#ff69b4"),
    ("deeppink", "#ff1493"),
    ("none", "none"),
];

const TABLEAU: [&str; 10] =
    ["blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan"];

/// `#rrggbb` of a colour as programs name it; nothing, if it is none.
pub(super) fn color(value: &Value) -> Option<String> {
    if let Some(parts) = value.sequence() {
        let parts: Option<Vec<f64>> = parts.iter().map(Value::as_float).collect();
        return match parts.as_deref() {
            Some([r, g, b] | [r, g, b, _]) => Some(hex([*r, *g, *b])),
            _ => None,
        };
    }
    let Value::Str(text) = value else { return None };
    let lower = text.to_ascii_lowercase();
    if let Some((_, hex)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*hex).to_owned());
    }
    if let Some(name) = lower.strip_prefix("tab:") {
        let place = TABLEAU.iter().position(|known| *known == name)?;
        return CYCLE.get(place).map(|&hex| hex.to_owned());
    }
    if let Some(place) = lower.strip_prefix('c').and_then(|digits| digits.parse::<usize>().ok()) {
        return CYCLE.get(place % CYCLE.len()).map(|&hex| hex.to_owned());
    }
    if let Some(digits) = lower.strip_prefix('#') {
        let known = digits.bytes().all(|b| b.is_ascii_hexdigit());
        return match digits.len() {
            6 | 8 if known => Some(format!("#{}", digits.get(..6)?)),
            3 if known => Some(format!("#{}", digits.chars().flat_map(|c| [c, c]).collect::<String>())),
            _ => None,
        };
    }
    lower.parse::<f64>().ok().filter(|x| (0.0..=1.0).contains(x)).map(|x| hex([x, x, x]))
}

fn byte(x: f64) -> u8 {
    (x.clamp(0.0, 1.0) * 255.0).round() as u8
}

pub(super) fn hex(rgb: [f64; 3]) -> String {
    let [r, g, b] = rgb.map(byte);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Scales as colours at equal distances. Those with a maximum at every place are shortened to these points.
const SCALES: &[(&str, &[u32])] = &[
    (
        "viridis",
        &[
            0x44_01_54, 0x48_28_78, 0x3e_4a_89, 0x31_68_8e, 0x26_82_8e, 0x1f_9e_89, 0x35_b7_79, 0x6e_ce_58,
            0xb5_de_2b, 0xfd_e7_25,
        ],
    ),
    (
        "plasma",
        &[
            0x0d_08_87, 0x46_03_9f, 0x72_01_a8, 0x9c_17_9e, 0xbd_37_86, 0xd8_57_6b, 0xed_79_53, 0xfb_9f_3a,
            0xfd_ca_26, 0xf0_f9_21,
        ],
    ),
    (
        "inferno",
        &[
            0x00_00_04, 0x1b_0c_41, 0x4a_0c_6b, 0x78_1c_6d, 0xa5_2c_60, 0xcf_44_46, 0xed_69_25, 0xfb_9b_06,
            0xf7_d1_3d, 0xfc_ff_a4,
        ],
    ),
    (
        "magma",
        &[
            0x00_00_04, 0x18_0f_3d, 0x44_0f_76, 0x72_1f_81, 0x9e_2f_7f, 0xcd_40_71, 0xf1_60_5d, 0xfd_96_68,
            0xfe_ca_8d, 0xfc_fd_bf,
        ],
    ),
    ("gray", &[0x00_00_00, 0xff_ff_ff]),
    ("grey", &[0x00_00_00, 0xff_ff_ff]),
    ("bone", &[0x00_00_00, 0x54_54_74, 0xa9_c7_c7, 0xff_ff_ff]),
    ("binary", &[0xff_ff_ff, 0x00_00_00]),
    ("greys", &[0xff_ff_ff, 0xbd_bd_bd, 0x52_52_52, 0x00_00_00]),
    (
        "jet",
        &[
            0x00_00_80, 0x00_00_ff, 0x00_80_ff, 0x00_ff_ff, 0x80_ff_80, 0xff_ff_00, 0xff_80_00, 0xff_00_00,
            0x80_00_00,
        ],
    ),
    ("rainbow", &[0x80_00_ff, 0x00_b5_eb, 0x80_ff_b4, 0xff_b3_60, 0xff_00_00]),
    ("hsv", &[0xff_00_00, 0xff_ff_00, 0x00_ff_00, 0x00_ff_ff, 0x00_00_ff, 0xff_00_ff, 0xff_00_00]),
    ("hot", &[0x0b_00_00, 0xff_00_00, 0xff_ff_00, 0xff_ff_ff]),
    ("cool", &[0x00_ff_ff, 0xff_00_ff]),
    ("spring", &[0xff_00_ff, 0xff_ff_00]),
    ("summer", &[0x00_80_66, 0xff_ff_66]),
    ("autumn", &[0xff_00_00, 0xff_ff_00]),
    ("winter", &[0x00_00_ff, 0x00_ff_80]),
    ("coolwarm", &[0x3b_4c_c0, 0x8d_b0_fe, 0xdd_dc_dc, 0xf4_98_7a, 0xb4_04_26]),
    ("bwr", &[0x00_00_ff, 0xff_ff_ff, 0xff_00_00]),
    ("seismic", &[0x00_00_4c, 0x00_00_ff, 0xff_ff_ff, 0xff_00_00, 0x80_00_00]),
    ("rdbu", &[0x67_00_1f, 0xd6_60_4d, 0xf7_f7_f7, 0x43_93_c3, 0x05_30_61]),
    ("rdylbu", &[0xa5_00_26, 0xf4_6d_43, 0xff_ff_bf, 0x74_ad_d1, 0x31_36_95]),
    ("rdylgn", &[0xa5_00_26, 0xf4_6d_43, 0xff_ff_bf, 0x66_bd_63, 0x00_68_37]),
    ("spectral", &[0x9e_01_42, 0xf4_6d_43, 0xff_ff_bf, 0x66_c2_a5, 0x5e_4f_a2]),
    ("blues", &[0xf7_fb_ff, 0xc6_db_ef, 0x6b_ae_d6, 0x21_71_b5, 0x08_30_6b]),
    ("reds", &[0xff_f5_f0, 0xfc_bb_a1, 0xfb_6a_4a, 0xcb_18_1d, 0x67_00_0d]),
    ("greens", &[0xf7_fc_f5, 0xc7_e9_c0, 0x74_c4_76, 0x23_8b_45, 0x00_44_1b]),
    ("oranges", &[0xff_f5_eb, 0xfd_d0_a2, 0xfd_8d_3c, 0xd9_48_01, 0x7f_27_04]),
    ("purples", &[0xfc_fb_fd, 0xda_da_eb, 0x9e_9a_c8, 0x6a_51_a3, 0x3f_00_7d]),
    ("ylgnbu", &[0xff_ff_d9, 0xc7_e9_b4, 0x41_b6_c4, 0x22_5e_a8, 0x08_1d_58]),
    ("ylorrd", &[0xff_ff_cc, 0xfe_d9_76, 0xfd_8d_3c, 0xe3_1a_1c, 0x80_00_26]),
    ("piyg", &[0x8e_01_52, 0xde_77_ae, 0xf7_f7_f7, 0x7f_bc_41, 0x27_64_19]),
];

/// Scales of single colours, which are not mixed.
const STEPS: &[(&str, &[u32])] = &[
    (
        "tab10",
        &[
            0x1f_77_b4, 0xff_7f_0e, 0x2c_a0_2c, 0xd6_27_28, 0x94_67_bd, 0x8c_56_4b, 0xe3_77_c2, 0x7f_7f_7f,
            0xbc_bd_22, 0x17_be_cf,
        ],
    ),
    (
        "set1",
        &[
            0xe4_1a_1c, 0x37_7e_b8, 0x4d_af_4a, 0x98_4e_a3, 0xff_7f_00, 0xff_ff_33, 0xa6_56_28, 0xf7_81_bf,
            0x99_99_99,
        ],
    ),
    (
        "paired",
        &[0xa6_ce_e3, 0x1f_78_b4, 0xb2_df_8a, 0x33_a0_2c, 0xfb_9a_99, 0xe3_1a_1c, 0xfd_bf_6f, 0xff_7f_00],
    ),
    (
        "accent",
        &[0x7f_c9_7f, 0xbe_ae_d4, 0xfd_c0_86, 0xff_ff_99, 0x38_6c_b0, 0xf0_02_7f, 0xbf_5b_17, 0x66_66_66],
    ),
];

fn parts(rgb: u32) -> [f64; 3] {
    [16, 8, 0].map(|shift| f64::from(rgb >> shift & 0xff) / 255.0)
}

/// Whether there is a scale of that name.
pub(super) fn is_scale(name: &str) -> bool {
    let base = name.to_ascii_lowercase();
    let base = base.strip_suffix("_r").unwrap_or(&base);
    base.starts_with('#') || SCALES.iter().chain(STEPS).any(|(known, _)| *known == base)
}

/// The colour of a number from 0 to 1 on a scale; `viridis`, if there is none of that name.
pub(super) fn scaled(name: &str, x: f64) -> [f64; 3] {
    let lower = name.to_ascii_lowercase();
    let (base, x) = match lower.strip_suffix("_r") {
        Some(base) => (base, 1.0 - x),
        None => (&*lower, x),
    };
    let x = if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) };
    if base.starts_with('#') {
        // The colours of a program, one after another.
        let colors: Vec<u32> = base
            .split(',')
            .filter_map(|hex| u32::from_str_radix(hex.trim_start_matches('#'), 16).ok())
            .collect();
        let place = ((x * colors.len() as f64) as usize).min(colors.len().saturating_sub(1));
        return colors.get(place).map_or([0.0; 3], |&rgb| parts(rgb));
    }
    if let Some((_, colors)) = STEPS.iter().find(|(known, _)| *known == base) {
        let place = ((x * colors.len() as f64) as usize).min(colors.len() - 1);
        return colors.get(place).map_or([0.0; 3], |&rgb| parts(rgb));
    }
    let found = SCALES.iter().find(|(known, _)| *known == base).or(SCALES.first());
    let Some((_, colors)) = found else { return [x; 3] };
    let place = x * (colors.len() - 1) as f64;
    let below = (place as usize).min(colors.len() - 2);
    let (Some(&a), Some(&b)) = (colors.get(below), colors.get(below + 1)) else { return [x; 3] };
    let (a, b, part) = (parts(a), parts(b), place - below as f64);
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * part)
}
