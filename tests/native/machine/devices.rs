//! A machine with two devices: the one that programs call `cuda` is a second CPU here.

use lang::{Event, Limits, Machine, Request, Stops};

/// What a program prints, and the last line of its report.
fn run(text: &str, cuda: bool) -> (String, String) {
    let second = cuda.then(crate::engine);
    let mut machine = Machine::with_devices(crate::engine(), second, Limits::default());
    assert!(machine.load(text).is_ok(), "{text}");
    let mut output = String::new();
    loop {
        match machine.run(u64::MAX, &Stops::default()) {
            Event::Print(text) => output += &text,
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                _ => panic!("nothing else is needed"),
            },
            Event::Finished(_) => return (output, String::new()),
            Event::Failed(traceback) => {
                return (output, traceback.text.trim_end().lines().last().unwrap_or_default().to_owned());
            }
            _ => {}
        }
    }
}

/// A line of a program and what it prints.
const LINES: &[(&str, &str)] = &[
    ("print(torch.cuda.is_available(), torch.cuda.device_count())", "True 1"),
    ("print(x.to('cuda'))", "tensor([1., 2.], device='cuda:0')"),
    ("print(x.cuda().device, x.cuda().is_cuda, x.is_cuda)", "cuda:0 True False"),
    ("print(x.cuda().cpu(), x.cuda().to('cpu').device)", "tensor([1., 2.]) cpu"),
    ("print(x.to(torch.device('cuda', 0)).sum())", "tensor(3., device='cuda:0')"),
    ("print(torch.ones(2, device='cuda') + 1)", "tensor([2., 2.], device='cuda:0')"),
    ("print(torch.ones_like(x.cuda()).device, x.cuda().new_zeros(2).device)", "cuda:0 cuda:0"),
    ("print(x.to('cuda', torch.float64).dtype, x.to(x.cuda()).device)", "torch.float64 cuda:0"),
    ("print(x.cuda().tolist(), x.cuda()[0].item(), float(x.cuda()[1]))", "[1.0, 2.0] 1.0 2.0"),
    ("print(x.cuda() == x.cuda())", "tensor([True, True], device='cuda:0')"),
    ("print(x.cuda().requires_grad_())", "tensor([1., 2.], device='cuda:0', requires_grad=True)"),
    ("print(x.cuda().cpu().numpy())", "[1. 2.]"),
    ("print(x.type(), x.cuda().type())", "torch.FloatTensor torch.cuda.FloatTensor"),
    ("print(next(nn.Linear(2, 1).to('cuda').parameters()).device)", "cuda:0"),
    ("print(nn.Linear(2, 1).cuda()(x.cuda()).shape)", "torch.Size([1])"),
    ("print(torch.device('cuda:0'), torch.device('cuda').type, x.cuda().get_device())", "cuda:0 cuda 0"),
    (
        "print(torch.rand(2, device='cuda').device, torch.arange(2).cuda())",
        "cuda:0 tensor([0, 1], device='cuda:0')",
    ),
];

#[test]
fn tensors_go_from_one_device_to_the_other() {
    let mut failures = Vec::new();
    for (line, wanted) in LINES {
        let text = format!("import torch\nimport torch.nn as nn\nx = torch.tensor([1., 2.])\n{line}\n");
        let (output, error) = run(&text, true);
        if (output.trim_end(), &*error) != (*wanted, "") {
            failures.push(format!("{line}\n  wanted {wanted}\n  got    {}{error}", output.trim_end()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A line of a program, and what is raised.
const REFUSED: &[(&str, &str)] = &[
    (
        "x + x.cuda()",
        "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!",
    ),
    (
        "nn.Linear(2, 1).cuda()(x)",
        "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!",
    ),
    (
        "x.cuda().numpy()",
        "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
    ),
    ("x.to('cuda:1')", "RuntimeError: CUDA error: invalid device ordinal"),
];

#[test]
fn devices_are_not_mixed() {
    let mut failures = Vec::new();
    for (line, wanted) in REFUSED {
        let text = format!("import torch\nimport torch.nn as nn\nx = torch.tensor([1., 2.])\n{line}\n");
        let (_, error) = run(&text, true);
        if error != *wanted {
            failures.push(format!("{line}\n  wanted {wanted}\n  got    {error}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn without_a_second_device_cuda_is_refused() {
    let (_, error) = run("import torch\ntorch.ones(2).cuda()\n", false);
    assert_eq!(error, "AssertionError: Torch not compiled with CUDA enabled");
    let (output, _) = run("import torch\nprint(torch.cuda.is_available())\n", false);
    assert_eq!(output, "False\n");
}

const TRAINING: &str = "
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
device = torch.device('DEVICE')
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.BatchNorm1d(8), nn.Linear(8, 1)).to(device)
x = torch.randn(32, 2)
y = x[:, :1] * 2 - 1
for make in (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), lambda p: torch.optim.Adam(p, lr=0.01), lambda p: torch.optim.RMSprop(p)):
    optimizer = make(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)
    for epoch in range(3):
        for a, b in DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True):
            a, b = a.to(device), b.to(device)
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(a), b)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        scheduler.step()
    print('%.5f' % loss.item())
    optimizer.load_state_dict(optimizer.state_dict())
model.eval()
with torch.no_grad():
    print('%.5f' % model(x.to(device)).cpu().sum())
state = {k: v.cpu() for k, v in model.state_dict().items()}
model.load_state_dict(state)
print(sorted({str(v.device) for v in model.state_dict().values()}), sorted({str(v.device) for v in state.values()}))
h = torch.ones(3, device=device, requires_grad=True)
(h * h).sum().backward()
print(h.grad.cpu(), h.grad.device.type == device.type)
";

#[test]
fn a_training_is_the_same_on_both_devices() {
    let (cpu, first) = run(&TRAINING.replace("DEVICE", "cpu"), true);
    let (cuda, second) = run(&TRAINING.replace("DEVICE", "cuda"), true);
    assert_eq!((&*first, &*second), ("", ""), "{cpu}\n{cuda}");
    assert_eq!(cuda, cpu.replace("['cpu'] ['cpu']", "['cuda:0'] ['cpu']"));
}
