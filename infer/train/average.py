"""The mean of checkpoints, as one more checkpoint.

  average.py OUT NAME NAME ...

Weights that one run at a high rate has left in different places err in different ways; their mean lies nearer to
the middle of the valley than any of them (M. Wortsman et al., "Model soups", 2022). It works for states of
one ancestry only: a run, and those that went on from it. A short run at a low rate behind it rounds
the weights again. OUT and NAME are those of train.py --name. A head that a state does not have is
taken from the others.
"""
import sys

import torch

import speak_shard as shard


def mean(states):
    """One state of several: `layers` and `done` are the last one's."""
    last, out = states[-1], {}
    for key in last["model"]:
        own = [s["model"][key] for s in states if key in s["model"]]
        out[key] = sum(own) / len(own) if own[0].is_floating_point() else own[-1]
    return dict(last, model=out)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    states = [torch.load(shard.cache(name + ".pt"), weights_only=True) for name in sys.argv[2:]]
    if len({s["layers"] for s in states}) > 1:
        sys.exit("the states have different numbers of layers")
    torch.save(mean(states), shard.cache(sys.argv[1] + ".pt"))


if __name__ == "__main__":
    main()
