"""The mean of checkpoints, as one more checkpoint.

  average.py OUT NAME NAME ...

Weights that one run at a high rate has left in different places err in different ways; their mean lies nearer to
the middle of the valley than any of them (M. Wortsman et al., "Model soups", 2022). It works for states of
one ancestry only: a run, and those that went on from it. A short run at a low rate behind it rounds
the weights again. OUT and NAME are those of train.py --name; a NAME that ends in .gguf is a model file. With the file that a run
began from, the mean keeps what the run forgot (M. Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
A head that a state does not have is taken from the others.
"""
import sys

import torch

import resume
import speak_shard as shard

HEADS = ("ctc", "words", "word_norm", "meaning")  # of the auxiliary tasks, which are not in a file


def state_of(name):
    """The checkpoint of that name, or the one that a model file makes."""
    if not name.endswith(".gguf"):
        return torch.load(shard.cache(name + ".pt"), weights_only=True)
    model, _ = resume.from_file(name)
    own = {key: value for key, value in model.state_dict().items() if not key.startswith(HEADS)}
    return dict(model=own, layers=len(model.layers), done=0)


def mean(states):
    """One state of several: `layers` and `done` are the last one's."""
    last, out = states[-1], {}
    for key in dict.fromkeys(key for s in states for key in s["model"]):
        own = [s["model"][key] for s in states if key in s["model"]]
        out[key] = sum(own) / len(own) if own[0].is_floating_point() else own[-1]
    return dict(last, model=out)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    states = [state_of(name) for name in sys.argv[2:]]
    if len({s["layers"] for s in states}) > 1:
        sys.exit("the states have different numbers of layers")
    torch.save(mean(states), shard.cache(sys.argv[1] + ".pt"))


if __name__ == "__main__":
    main()
