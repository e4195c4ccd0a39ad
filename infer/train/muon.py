"""Muon for the matrices of the layers, AdamW for the rest.

Muon (K. Jordan et al., 2024) replaces the momentum of a matrix by the nearest orthogonal one, found
by five steps of a Newton-Schulz iteration; it learned the same in about half the steps of AdamW here.
"""
import torch


def orthogonal(g, steps=5):
    a, b, c = 3.4445, -4.7750, 2.0315  # the quintic's coefficients, from the authors
    x = g.to(torch.bfloat16)
    wide = x.size(-2) > x.size(-1)
    x = x.mT if wide else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        y = x @ x.mT
        x = a * x + (b * y + c * y @ y) @ x
    return (x.mT if wide else x).to(g.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr=.02, momentum=.95, weight_decay=.01):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                if p.grad is not None:
                    shapes.setdefault(p.shape, []).append(p)
            for shape, params in shapes.items():
                update = []
                for p in params:
                    m = self.state[p].setdefault("momentum", torch.zeros_like(p))
                    m.lerp_(p.grad, 1 - group["momentum"])
                    update.append(p.grad.lerp(m, group["momentum"]))
                step = orthogonal(torch.stack(update)) * max(1, shape[0] / shape[1]) ** .5
                for p, u in zip(params, step):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(u, alpha=-group["lr"])


def optimizers(model, lr):
    """(Muon, AdamW) over a Detector's parameters; lr is AdamW's, Muon's is ten times that."""
    hidden = [p for n, p in model.layers.named_parameters() if p.ndim == 2 and "bias" not in n]
    ids = {id(p) for p in hidden}
    rest = [p for p in model.parameters() if id(p) not in ids]
    return [Muon(hidden, 10 * lr), torch.optim.AdamW(rest, lr, betas=(.9, .98), weight_decay=.01)]
