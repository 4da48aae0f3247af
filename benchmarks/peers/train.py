#!/usr/bin/python3
"""What a user would write instead, in plain PyTorch: NNet, MEDL and Fair(ADB) MEDL, one training step after the other.

Reads one request a line, "<model> <size> <seconds> <processor, or -1 for any>", and answers each with one line of JSON: the microseconds of
processor time of each step (random draws and the gathering of the batch included). One thread; several processes may run
side by side. The sizes, losses and the order of a step are those of docs/method.md; the data has Adult's shape.

"losses <model> <size>" is answered with the losses of ten steps with given parameters, data and noise instead of random ones. It
shows that the program in ../FairMedl.Peer computes the same.
"""
import json
import math
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(1)

ROWS, NUMBERS, CATEGORIES = 18400, 2, [9, 6, 42, 5, 2, 6, 3]
CLUSTERS, GROUPS = 6, [3, 2, 5, 6]
COLUMNS = NUMBERS + sum(CATEGORIES)
SIZES = {
    "small": dict(batch=128, fixed=[4, 4, 4], cluster=[8, 8, 4]),
    "wide": dict(batch=1024, fixed=[128, 64, 32], cluster=[64, 32]),
}


def layers(inputs, widths, outputs):
    sizes = [inputs, *widths, outputs]
    return nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))


class FixedEffects(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.layers = layers(COLUMNS, widths, 1)

    def forward(self, x):
        hidden = []
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
            hidden.append(x)
        return hidden, self.layers[-1](x)


class ClusterAdversary(nn.Module):
    def __init__(self, inputs, widths):
        super().__init__()
        self.layers = layers(inputs, widths, CLUSTERS)

    def forward(self, hidden):
        x = torch.cat(hidden, 1)
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return self.layers[-1](x)


class DebiasingAdversary(nn.Module):
    def __init__(self, hidden=16):
        super().__init__()
        self.body = nn.Linear(2, hidden)
        self.heads = nn.Linear(hidden, sum(GROUPS))

    def forward(self, prediction, target):
        return self.heads(F.relu(self.body(torch.cat([prediction, target], 1)))).split(GROUPS, 1)


class RandomEffects(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.randn(CLUSTERS, COLUMNS + 1) * 0.1)
        self.rho = nn.Parameter(torch.full((CLUSTERS, COLUMNS + 1), -4.0))
        prior = torch.full((COLUMNS + 1,), 0.15)
        prior[-1] = 0.1
        self.register_buffer("prior", prior)
        self.noise = torch.randn_like

    def sigma(self):
        return F.softplus(self.rho) + 1e-5

    def forward(self, x, z):
        effects = (self.mean + self.sigma() * self.noise(self.rho))[z]
        return (x * effects[:, :-1]).sum(1, keepdim=True) + effects[:, -1:]

    def divergence(self):
        sigma = self.sigma()
        return (torch.log(self.prior / sigma) + (sigma**2 + self.mean**2) / (2 * self.prior**2) - 0.5).sum()


class Data:
    def __init__(self):
        one_hot = [F.one_hot(torch.randint(k, (ROWS,)), k).float() for k in CATEGORIES]
        self.x = torch.cat([torch.randn(ROWS, NUMBERS), *one_hot], 1)
        self.y = (torch.rand(ROWS, 1) < 0.25).float()
        self.z = torch.randint(CLUSTERS, (ROWS,))
        self.groups = torch.stack([torch.randint(k, (ROWS,)) for k in GROUPS], 1)

    def batches(self, size):
        while True:
            order = torch.randperm(ROWS)
            for start in range(0, ROWS - size + 1, size):
                rows = order[start : start + size]
                y = self.y[rows]
                yield self.x[rows], y, self.z[rows], self.groups[rows], torch.where(y > 0, 0.75, 0.25)


class Training:
    """One step: the adversaries first, on detached activations and predictions, then the predictor against them."""

    def __init__(self, model, batch, fixed, cluster):
        self.fixed = FixedEffects(fixed)
        self.random = RandomEffects() if "medl" in model else None
        self.cluster = ClusterAdversary(sum(fixed), cluster) if "medl" in model else None
        self.debiasing = [DebiasingAdversary(), DebiasingAdversary()] if "fair" in model else []
        predictor = [*self.fixed.parameters(), *(self.random.parameters() if self.random else [])]
        self.predictor_parameters = predictor
        adam = lambda parameters: torch.optim.Adam(parameters, lr=1e-3, eps=1e-7)
        self.predictor_adam = adam(predictor)
        self.cluster_adam = adam(self.cluster.parameters()) if self.cluster else None
        self.debiasing_adam = [adam(a.parameters()) for a in self.debiasing]

    def step(self, x, y, z, groups, weight):
        hidden, fixed = self.fixed(x)
        mixed = fixed + self.random(x, z) if self.random else None
        outputs = [fixed, mixed][: len(self.debiasing)]

        if self.cluster:
            descend(self.cluster_adam, self.cluster_loss([h.detach() for h in hidden], z, weight))
        for adversary, adam, output in zip(self.debiasing, self.debiasing_adam, outputs):
            descend(adam, group_loss(adversary, output.detach(), y, groups, weight))

        loss = F.binary_cross_entropy_with_logits(fixed, y, weight)
        if self.random:
            loss = loss + F.binary_cross_entropy_with_logits(mixed, y, weight) + 1e-3 * self.random.divergence()
        if self.cluster:
            loss = loss - 0.2 * self.cluster_loss(hidden, z, weight)
        for adversary, output in zip(self.debiasing, outputs):
            loss = loss - 0.2 * group_loss(adversary, output, y, groups, weight)
        self.predictor_adam.zero_grad(set_to_none=True)
        loss.backward(inputs=self.predictor_parameters)
        nn.utils.clip_grad_norm_(self.predictor_parameters, 5.0)
        self.predictor_adam.step()
        return loss

    def parameters(self):
        adversaries = [a for a in [self.cluster, *self.debiasing] if a]
        return [*self.predictor_parameters, *(p for a in adversaries for p in a.parameters())]

    def cluster_loss(self, hidden, z, weight):
        return (F.cross_entropy(self.cluster(hidden), z, reduction="none") * weight[:, 0]).mean()


def group_loss(adversary, output, y, groups, weight):
    heads = adversary(torch.sigmoid(output), y)
    return sum((F.cross_entropy(head, groups[:, a], reduction="none") * weight[:, 0]).mean() for a, head in enumerate(heads))


def descend(adam, loss):
    adam.zero_grad(set_to_none=True)
    loss.backward()
    adam.step()


running = {}


def measure(model, size, seconds):
    if (model, size) not in running:
        settings = SIZES[size]
        running[model, size] = Training(model, **settings), Data().batches(settings["batch"])
    training, batches = running[model, size]
    for _ in range(20):
        training.step(*next(batches))
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end or len(times) < 20:
        start = time.process_time_ns()
        training.step(*next(batches))
        times.append((time.process_time_ns() - start) / 1e3)
    return times


def pattern(shape, number):
    """Multiples of 1/250 from -0.2 to 0.2."""
    return (((torch.arange(math.prod(shape)) * 37 + number * 11) % 101 - 50).float() / 250).reshape(shape)


def losses(model, size):
    settings = SIZES[size]
    training, rows = Training(model, **settings), settings["batch"]
    with torch.no_grad():
        for number, parameter in enumerate(training.parameters()):
            parameter.copy_(pattern(parameter.shape, number))
    if training.random:
        training.random.noise = lambda like: 5 * pattern(like.shape, 50)
    row = torch.arange(rows)
    y = (row % 4 == 0).float()[:, None]
    groups = torch.stack([(row * 5 + a) % k for a, k in enumerate(GROUPS)], 1)
    batch = 5 * pattern((rows, COLUMNS), 60), y, row * 7 % CLUSTERS, groups, torch.where(y > 0, 0.75, 0.25)
    return [training.step(*batch).item() for _ in range(10)]


def main():
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        if line.startswith("losses"):
            print(json.dumps({"values": losses(*line.split()[1:])}), flush=True)
            continue
        model, size, seconds, processor = line.split()
        if int(processor) >= 0:
            os.sched_setaffinity(0, {int(processor)})
        print(json.dumps({"values": measure(model, size, float(seconds))}), flush=True)


if __name__ == "__main__":
    main()
