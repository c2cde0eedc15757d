import torch
import torch.nn.functional as F

# Functions that are given too little.
x = torch.ones(2, 3)
for name in (
    "relu", "softmax", "log_softmax", "cross_entropy", "nll_loss", "mse_loss", "l1_loss", "dropout", "embedding", "sigmoid",
    "tanh", "leaky_relu", "batch_norm", "layer_norm", "normalize", "interpolate", "binary_cross_entropy", "elu", "unfold",
    "kl_div", "smooth_l1_loss", "adaptive_avg_pool2d", "glu", "silu", "hardtanh",
):
    for given in ((), (x,)):
        try:
            getattr(F, name)(*given)
        except TypeError as error:
            print(len(given), error)
        except Exception:
            pass
