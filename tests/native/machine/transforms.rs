//! Transforms of images against values worked out by hand: colours by the formulas of `colorsys` and of greyness, places by the
//! numbers that PyTorch draws in the documented order.

use super::memory::ends_with;

fn prints(text: &str, expected: &str) {
    let program = format!("import random\nimport torch\nfrom torchvision import transforms\n{text}");
    assert_eq!(ends_with(&program), expected, "{program}");
}

#[test]
fn colours_are_mixed_with_black_with_grey_and_turned() {
    let text = "
import torchvision.transforms.functional as TF
x = torch.tensor([[[0.8, 0.1], [0.3, 0.5]], [[0.4, 0.6], [0.3, 1.0]], [[0.2, 0.9], [0.3, 0.0]]])
def show(t):
    print([round(v, 3) + 0.0 for v in t.flatten().tolist()])
show(TF.rgb_to_grayscale(x))
show(TF.adjust_brightness(x, 1.5))
show(TF.adjust_contrast(x, 0.5))
show(TF.adjust_saturation(x, 2))
show(TF.adjust_hue(x, -0.4))
image = TF.to_pil_image(x)
print(TF.adjust_brightness(image, 0.5).getpixel((0, 0)), TF.adjust_hue(image, 0.0).getpixel((1, 0)), image.getpixel((1, 0)))
torch.manual_seed(5)
order, *factors = transforms.ColorJitter.get_params((0.5, 1.5), (0.8, 1.2), (0.7, 1.3), (-0.1, 0.1))
print(order.tolist(), [round(f, 4) for f in factors])
print(transforms.ColorJitter(0.5, (0.2, 0.9), hue=0.1)(x).shape, transforms.RandomGrayscale(1.0)(x).shape)
";
    let expected = "\
[0.497, 0.485, 0.3, 0.736]
[1.0, 0.15, 0.45, 0.75, 0.6, 0.9, 0.45, 1.0, 0.3, 1.0, 0.45, 0.0]
[0.652, 0.302, 0.402, 0.502, 0.452, 0.552, 0.402, 0.752, 0.352, 0.702, 0.402, 0.252]
[1.0, 0.0, 0.3, 0.264, 0.303, 0.715, 0.3, 1.0, 0.0, 1.0, 0.3, 0.0]
[0.2, 0.9, 0.3, 1.0, 0.24, 0.88, 0.3, 0.0, 0.8, 0.1, 0.3, 0.9]
(102, 51, 25) (25, 153, 229) (25, 153, 229)
[3, 1, 0, 2] [1.3199, 1.168, 0.77, -0.0671]
torch.Size([3, 2, 2]) torch.Size([3, 2, 2])
";
    prints(text, expected);
}

#[test]
fn parts_are_where_the_drawn_numbers_say() {
    let text = "
def at(seed, transform, *args):
    torch.manual_seed(seed)
    return transform.get_params(*args)
crop = transforms.RandomResizedCrop(5)
print([at(seed, crop, torch.zeros(1, 20, 30), crop.scale, crop.ratio) for seed in range(4)])
print(at(0, crop, torch.zeros(1, 4, 40), (1.0, 1.0), crop.ratio), crop(torch.zeros(1, 20, 30)).shape)
for seed in range(4):
    torch.manual_seed(seed)
    where = (transforms.RandomErasing(p=1, value=7)(torch.zeros(1, 8, 10))[0] == 7).nonzero()
    (i, j), (k, l) = where.amin(0).tolist(), where.amax(0).tolist()
    print((i, j, k - i + 1, l - j + 1), len(where) == (k - i + 1) * (l - j + 1))
print(transforms.RandomErasing(p=1, value=(1, 2, 3))(torch.zeros(3, 8, 10)).amax((1, 2)))
";
    let expected = "\
[(1, 0, 17, 19), (1, 1, 15, 18), (0, 0, 20, 19), (5, 17, 8, 6)]
(0, 17, 4, 5) torch.Size([1, 5, 5])
(0, 3, 3, 7) True
(2, 7, 3, 3) True
(4, 6, 4, 3) True
(4, 0, 2, 3) True
tensor([1., 2., 3.])
";
    prints(text, expected);
}

#[test]
fn transforms_are_chosen_by_chance() {
    let text = "
def adds(n):
    return lambda seen: seen + [n]
random.seed(1)
choice = transforms.RandomChoice([adds(0), adds(1), adds(2)])
print([choice([])[0] for _ in range(6)])
random.seed(1)
print(transforms.RandomOrder([adds(0), adds(1), adds(2)])([]))
print(transforms.RandomChoice([transforms.ToTensor()], p=[1.0]))
print(transforms.RandomOrder([transforms.RandomErasing(), transforms.ColorJitter(0.5, hue=0.1)]))
print(transforms.RandomResizedCrop(5), transforms.RandomGrayscale())
";
    let expected = "\
[0, 2, 2, 0, 1, 1]
[1, 2, 0]
RandomChoice(
    ToTensor()
)(p=[1.0])
RandomOrder(
    RandomErasing(p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0, inplace=False)
    ColorJitter(brightness=[0.5, 1.5], contrast=None, saturation=None, hue=[-0.1, 0.1])
)
RandomResizedCrop(size=(5, 5), scale=(0.08, 1.0), ratio=(0.75, 1.3333), interpolation=bilinear) RandomGrayscale(p=0.1)
";
    prints(text, expected);
}
