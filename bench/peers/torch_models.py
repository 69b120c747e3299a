"""candlenet's networks in PyTorch's own layers, and their tensors in candlenet's names and layout.

Modules bear candlenet's names, so that `layout` can walk them: convolution kernels [width·channels, filters], dense
kernels [inputs, units], LSTM kernels as PyTorch's but gates in the order i, o, f, candidate, and one LSTM bias
(PyTorch: the sum of two, of which the second is kept at zero).
"""

import torch
from torch import nn

WIDTHS = (3, 5, 7)


class Lstm(nn.Module):
    def __init__(self, features, classes, hidden=256, dropout=0.3, dense=128):
        super().__init__()
        self.lstm = nn.LSTM(features, hidden, batch_first=True)
        self.head = Head(hidden, classes, dropout, dense)
        nn.init.zeros_(self.lstm.bias_hh_l0).requires_grad_(False)

    def forward(self, x, masks=None):
        return self.head(self.lstm(x)[0][:, -1], masks)


class Cnn(nn.Module):
    def __init__(self, features, classes, filters1=64, filters2=128, dropout=0.3, dense=128):
        super().__init__()
        self.blocks = Blocks(features, filters1, filters2, plain)
        self.head = Head(filters2, classes, dropout, dense)

    def forward(self, x, masks=None):
        return self.head(self.blocks(x).mean(2), masks)


class CnnLstm(nn.Module):
    """The paper's network (section 3.2.1); with parts, its optimised one (section 4.2)."""

    def __init__(self, features, classes, filters1=64, filters2=128, hidden=256, dropout=0.3, dense=128, parts=None):
        super().__init__()
        self.blocks = Blocks(features, filters1, filters2, MultiScale if parts else plain)
        if parts:
            self.residual = Residual(filters2, parts["stochasticDepth"])
            self.attention = Attention(filters2, parts["heads"], parts["stochasticDepth"])
            self.channels = ChannelWeighting(filters2, parts["channelReduction"])
        self.parts = parts
        self.lstm = nn.LSTM(filters2, hidden, batch_first=True)
        self.head = Head(hidden, classes, dropout, dense)
        nn.init.zeros_(self.lstm.bias_hh_l0).requires_grad_(False)

    def forward(self, x, masks=None):
        y = self.blocks(x)
        if self.parts:
            y = self.channels(self.attention(self.residual(y, masks), masks))
        return self.head(self.lstm(y.transpose(1, 2))[0][:, -1], masks)


def cnn_lstm_optimised(
    features, classes, filters1=96, filters2=192, heads=8, channelReduction=16, stochasticDepth=0.1, hidden=384, **rest
):
    parts = {"heads": heads, "channelReduction": channelReduction, "stochasticDepth": stochasticDepth}
    return CnnLstm(features, classes, filters1, filters2, hidden, parts=parts, **rest)


MODELS = {"cnn": Cnn, "lstm": Lstm, "cnn-lstm": CnnLstm, "cnn-lstm-optimised": cnn_lstm_optimised}


def plain(channels, filters):
    return nn.Conv1d(channels, filters, 3, padding=1)


class MultiScale(nn.Module):
    """Parallel widths; filters shared out evenly, the rest one each to the narrowest."""

    def __init__(self, channels, filters):
        super().__init__()
        for i, width in enumerate(WIDTHS):
            share = filters // len(WIDTHS) + (i < filters % len(WIDTHS))
            self.add_module(f"width{width}", nn.Conv1d(channels, share, width, padding=width // 2))

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.children()], 1)


class Blocks(nn.Module):
    """[batch, steps, features] to [batch, filters2, steps / 4]."""

    def __init__(self, features, filters1, filters2, convolution):
        super().__init__()
        self.conv1, self.norm1 = convolution(features, filters1), nn.BatchNorm1d(filters1)
        self.conv2, self.norm2 = convolution(filters1, filters2), nn.BatchNorm1d(filters2)

    def forward(self, x):
        x = torch.max_pool1d(self.norm1(torch.relu(self.conv1(x.transpose(1, 2)))), 2)
        return torch.max_pool1d(self.norm2(torch.relu(self.conv2(x))), 2)


class Depth(nn.Module):
    """torchvision.ops.StochasticDepth in mode "row", whose draw may be given as `mask` [batch, 1]."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x, mask):
        if not self.training or (mask is None and self.rate == 0):
            return x
        if mask is None:
            mask = torch.empty(len(x), 1).bernoulli_(1 - self.rate).div_(1 - self.rate)
        return x * mask[:, :, None]


class Residual(nn.Module):
    def __init__(self, channels, rate):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv1d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm1d(channels)
        self.conv2, self.norm2 = nn.Conv1d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm1d(channels)
        self.depth = Depth(rate)

    def forward(self, x, masks):
        branch = self.norm2(self.conv2(torch.relu(self.norm1(self.conv1(x)))))
        return torch.relu(x + self.depth(branch, masks and masks["residual.depth.mask"]))


class Attention(nn.Module):
    def __init__(self, channels, heads, rate):
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.heads = nn.MultiheadAttention(channels, heads, batch_first=True)
        self.depth = Depth(rate)

    def forward(self, x, masks):
        y = self.norm(x.transpose(1, 2))
        branch = self.heads(y, y, y, need_weights=False)[0].transpose(1, 2)
        return x + self.depth(branch, masks and masks["attention.depth.mask"])


class ChannelWeighting(nn.Module):
    def __init__(self, channels, reduction):
        super().__init__()
        units = max(1, channels // reduction)
        self.squeeze, self.excite = nn.Linear(channels, units), nn.Linear(units, channels)

    def forward(self, x):
        return x * torch.sigmoid(self.excite(torch.relu(self.squeeze(x.mean(2)))))[:, :, None]


class Head(nn.Module):
    def __init__(self, inputs, classes, dropout, dense):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.dense, self.logits = nn.Linear(inputs, dense), nn.Linear(dense, classes)

    def forward(self, x, masks):
        kept = x * masks["dropout.mask"] if masks and self.training else self.dropout(x)
        return self.logits(torch.relu(self.dense(kept)))


def layout(module, of, prefix=""):
    """candlenet's parameters, or what `of` makes of each (its gradient), by name and in candlenet's order."""
    if isinstance(module, nn.Conv1d):
        kernel = {"kernel": of(module.weight).permute(2, 1, 0).reshape(-1, module.out_channels)}
        found = kernel if module.bias is None else {**kernel, "bias": of(module.bias)}
    elif isinstance(module, (nn.BatchNorm1d, nn.LayerNorm)):
        found = {"scale": of(module.weight), "shift": of(module.bias)}
    elif isinstance(module, nn.Linear):
        found = {"kernel": of(module.weight).T, "bias": of(module.bias)}
    elif isinstance(module, nn.LSTM):
        weights = (("kernel", module.weight_ih_l0), ("recurrent", module.weight_hh_l0), ("bias", module.bias_ih_l0))
        found = {name: gates(of(weight)) for name, weight in weights}
    elif isinstance(module, nn.MultiheadAttention):
        found = {"projection.kernel": of(module.in_proj_weight).T, "projection.bias": of(module.in_proj_bias)}
        found |= layout(module.out_proj, of, "output.")
    else:
        # These group layers and are no part of a name.
        unnamed = ("blocks", "head", "heads")
        parts = [layout(child, of, "" if name in unnamed else f"{name}.") for name, child in module.named_children()]
        found = {name: tensor for part in parts for name, tensor in part.items()}
    return {f"{prefix}{name}": tensor.detach() for name, tensor in found.items()}


def gates(rows):
    """PyTorch's rows i, f, candidate, o in candlenet's order."""
    i, f, candidate, o = rows.chunk(4)
    return torch.cat([i, o, f, candidate])


def batch_norms(model):
    """By candlenet's names."""
    norms = [(name, module) for name, module in model.named_modules() if isinstance(module, nn.BatchNorm1d)]
    return {name.removeprefix("blocks."): module for name, module in norms}


def running(model):
    """The running statistics by candlenet's names."""
    pairs = [(f"{name}.mean", f"{name}.variance") for name in batch_norms(model)]
    values = [(norm.running_mean, norm.running_var) for norm in batch_norms(model).values()]
    return {name: value for names, both in zip(pairs, values) for name, value in zip(names, both)}


def numbers(tensor, digits=10):
    return [float(f"{value:.{digits}g}") for value in tensor.detach().reshape(-1).tolist()]
