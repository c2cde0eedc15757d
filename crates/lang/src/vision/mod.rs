//! `torchvision`: MNIST, transforms, and grids of images.

mod image;
mod mnist;
mod resample;

use crate::native::{NativeClass, NativeModule};

const fn python(name: &'static str, source: &'static str) -> NativeModule {
    NativeModule { name, functions: &[], classes: &[], build: None, source: Some(source) }
}

/// The modules of `torchvision`, and of `PIL` what an image needs.
pub(crate) const MODULES: &[NativeModule] = &[
    python(
        "torchvision",
        "import torchvision.datasets\nimport torchvision.transforms\nimport torchvision.utils\n__version__ = \"0.14.1\"\n",
    ),
    NativeModule {
        name: "torchvision.datasets",
        functions: &[mnist::FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(python!("vision/datasets.py")),
    },
    python("torchvision.datasets.mnist", "from torchvision.datasets import *\n"),
    NativeModule {
        name: "torchvision.transforms",
        functions: &[image::FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(concat!(
            python!("vision/transforms.py"),
            python!("vision/warps.py"),
            python!("vision/jitter.py")
        )),
    },
    python(
        "torchvision.transforms.functional",
        "from torchvision.transforms import to_tensor, normalize, resize, pad, hflip, vflip, center_crop, to_pil_image, rotate, affine, crop, resized_crop, erase, rgb_to_grayscale, adjust_brightness, adjust_contrast, adjust_saturation, adjust_hue\n",
    ),
    python("torchvision.transforms.transforms", "from torchvision.transforms import *\n"),
    python("torchvision.utils", python!("vision/grid.py")),
    NativeModule { name: "PIL", functions: &[], classes: &[], build: None, source: None },
    NativeModule {
        name: "PIL.Image",
        functions: &[],
        classes: &[&image::IMAGE],
        build: None,
        source: Some("BILINEAR = 2\nNEAREST = 0\n"),
    },
];

/// The native classes.
pub(crate) const CLASSES: &[&NativeClass] = &[&image::IMAGE, &mnist::SET];
