# How every layer is printed.
import torch.nn as nn

layers = [
    nn.Linear(2, 3), nn.Linear(2, 3, bias=False), nn.Bilinear(2, 3, 4), nn.Identity(), nn.Flatten(),
    nn.Flatten(0, 1), nn.Conv1d(1, 2, 3), nn.Conv2d(3, 6, 5), nn.Conv2d(3, 6, (3, 5), stride=2, padding=1),
    nn.Conv2d(4, 4, 3, groups=2, bias=False, dilation=2), nn.Conv2d(1, 1, 3, padding="same"),
    nn.ConvTranspose2d(8, 4, 4, 2, 1), nn.ConvTranspose2d(8, 4, 3, output_padding=1, stride=2, bias=False),
    nn.MaxPool2d(2), nn.MaxPool2d(3, stride=2, padding=1), nn.MaxPool2d((2, 1)), nn.AvgPool2d(2),
    nn.AdaptiveAvgPool2d((1, 1)), nn.AdaptiveAvgPool2d(7), nn.MaxPool1d(2), nn.AvgPool1d(3),
    nn.BatchNorm1d(4), nn.BatchNorm2d(4, eps=1e-3, momentum=0.01, affine=False), nn.LayerNorm(5),
    nn.LayerNorm((2, 3), elementwise_affine=False), nn.GroupNorm(2, 4), nn.InstanceNorm2d(3), nn.Dropout(),
    nn.Dropout(0.25, inplace=True), nn.Dropout2d(0.1), nn.Embedding(10, 3),
    nn.Embedding(10, 3, padding_idx=0), nn.RNN(3, 4), nn.RNN(3, 4, 2, nonlinearity="relu", batch_first=True),
    nn.LSTM(3, 4, 2, batch_first=True, dropout=0.5, bidirectional=True), nn.GRU(input_size=3, hidden_size=4),
    nn.RNNCell(3, 4), nn.LSTMCell(3, 4), nn.GRUCell(3, 4), nn.ReLU(), nn.ReLU(inplace=True), nn.LeakyReLU(),
    nn.LeakyReLU(0.2, inplace=True), nn.Sigmoid(), nn.Tanh(), nn.Softmax(dim=1), nn.LogSoftmax(dim=-1),
    nn.ELU(), nn.SELU(), nn.GELU(), nn.Softplus(), nn.PReLU(), nn.Hardtanh(), nn.ReLU6(), nn.SiLU(),
    nn.Mish(), nn.Softsign(), nn.Hardswish(), nn.CELU(), nn.Threshold(0.1, 20), nn.LogSigmoid(),
    nn.Softmin(dim=0), nn.MSELoss(), nn.MSELoss(reduction="sum"), nn.CrossEntropyLoss(), nn.BCELoss(),
    nn.BCEWithLogitsLoss(), nn.NLLLoss(), nn.L1Loss(), nn.SmoothL1Loss(), nn.HuberLoss(), nn.KLDivLoss(),
    nn.HingeEmbeddingLoss(), nn.MarginRankingLoss(), nn.TripletMarginLoss(), nn.CosineEmbeddingLoss(),
    nn.ZeroPad2d(1), nn.Upsample(scale_factor=2), nn.Upsample(size=(4, 4), mode="bilinear"),
    nn.PixelShuffle(2), nn.ReflectionPad2d(1), nn.CosineSimilarity(),
]
for layer in layers:
    print(layer)
print(nn.Sequential(), nn.ModuleList(), nn.ModuleDict(), nn.Module())
