"""The detector in PyTorch: the same arithmetic as infer/encoder.c, in float.

Attention is causal over the last WINDOW tokens with a learned bias by distance. It is computed in
blocks of WINDOW: each block of queries sees its own and the previous block's keys, which is all that
the window can reach.
"""
import torch
import torch.nn.functional as F
from torch import nn

import meaning
import words
from labels import LABELS, PHONES

PEAK = 6  # root mean squares: what the largest number of a row behind GELU may be, before it costs too many of the 127 steps


def fake_quant(w, top=127):
    """Round to int8 per row; gradients pass as if nothing happened."""
    scale = w.detach().abs().amax(-1, keepdim=True).clamp_min(1e-9) / top
    q = (w.detach() / scale).round() * scale
    return w + (q - w).detach()


class Linear(nn.Module):
    """y = x W^T, int8 in the file: `quant` 1 rounds the weights as there, 2 the rows of x too.
    Training rounds x to six bits, so that the noise of the eight it will have is small to it."""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_out, n_in) * n_in ** -.5)
        self.quant = 0

    def forward(self, x):
        if self.quant > 1:
            x = fake_quant(x.float(), 31 if self.training else 127).to(x.dtype)
        return F.linear(x, fake_quant(self.weight) if self.quant else self.weight)


class Norm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(d)), eps

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps) * self.weight


class Layer(nn.Module):
    fused = None  # fused.py where training may use it

    def __init__(self, d, heads, ff, window):
        super().__init__()
        self.heads, self.window = heads, window
        self.attn_norm, self.ffn_norm = Norm(d), Norm(d)
        self.qkv, self.attn_out = Linear(d, 3 * d), Linear(d, d)
        self.ffn_up, self.ffn_down = Linear(d, ff), Linear(ff, d)
        slope = torch.tensor([2.0 ** -(1 + h) for h in range(heads)])
        self.attn_bias = nn.Parameter(-slope[:, None] * torch.arange(window))
        t, s = torch.arange(window)[:, None] + window, torch.arange(2 * window)[None]
        self.register_buffer("distance", (t - s).clamp(0, window - 1), persistent=False)
        self.register_buffer("hidden", ((t - s) < 0) | ((t - s) >= window), persistent=False)

    def mix(self, qkv, b, n, d):
        """Attention of the products (b, n, 3 d): what each token takes from the window before it."""
        w, h = self.window, self.heads
        q, k, v = qkv.view(b, n // w, w, 3, h, d // h).unbind(3)
        past = lambda a: torch.cat([F.pad(a, (0, 0, 0, 0, 0, 0, 1, 0))[:, :-1], a], 2).transpose(2, 3)
        k, v = past(k), past(v)                                           # (b, blocks, h, 2w, dh)
        s = (q.transpose(2, 3) @ k.transpose(-1, -2)).float() * (d // h) ** -.5
        s = s + self.attn_bias[:, self.distance]
        hidden = self.hidden.expand(n // w, 1, w, 2 * w).clone()
        hidden[0, :, :, :w] = True                                        # before the first token is nothing
        p = s.masked_fill(hidden, -torch.inf).softmax(-1).to(v.dtype)
        return (p @ v).transpose(2, 3).reshape(b, n, d)

    def attend(self, x):
        b, n, d = x.shape
        qkv = self.qkv(x)
        if self.fused:
            return self.attn_out(self.fused.attend(qkv.view(b, n, 3, self.heads, -1), self.attn_bias)[0].reshape(b, n, d))
        return self.attn_out(self.mix(qkv, b, n, d))

    def forward(self, x):
        x = x + self.attend(self.attn_norm(x))
        up = self.ffn_up(self.ffn_norm(x))
        up = self.fused.gelu(up) if self.fused else F.gelu(up, approximate="tanh")
        if self.training and self.ffn_down.quant > 1:
            row = up.float()
            self.peaks = F.relu(row.abs().amax(-1) * torch.rsqrt(row.square().mean(-1) + 1e-6) - PEAK).mean()
        return x + self.ffn_down(up)


class Detector(nn.Module):
    """ids (batch, tokens, books), tokens a multiple of the window -> per-token logits of the labels
    and of speech; and for the auxiliary tasks, that are not in the file, those of the phones and of the
    words, of the layers at two thirds and five sixths of the way, and the meaning, of the last layer but one."""

    def __init__(self, books=12, codes=256, d=160, heads=5, ff=640, layers=12, window=64, ctc_layer=None):
        super().__init__()
        self.hyper = dict(books=books, codes=codes, d=d, heads=heads, ff=ff, window=window)
        self.embd = nn.Parameter(torch.randn(books * codes, d) * .15)
        self.layers = nn.ModuleList(Layer(d, heads, ff, window) for _ in range(layers))
        self.out_norm, self.ctc_norm = Norm(d), Norm(d)
        self.out = nn.Linear(d, len(LABELS) + 1)
        self.ctc = nn.Linear(d, len(PHONES))
        self.word_norm, self.words = Norm(d), nn.Linear(d, words.SIZE)
        self.meaning_norm, self.meaning = Norm(d), nn.Linear(d, meaning.SIZE)
        nn.init.constant_(self.out.bias, -2.0)
        for layer in self.layers:
            nn.init.zeros_(layer.attn_out.weight)
            nn.init.zeros_(layer.ffn_down.weight)

    def quantize(self, level):
        for m in self.modules():
            if isinstance(m, Linear):
                m.quant = level

    @torch.no_grad()
    def snap(self):
        """Put the weights where the file will have them."""
        self.embd.copy_(fake_quant(self.embd))
        for m in self.modules():
            if isinstance(m, Linear):
                m.weight.copy_(fake_quant(m.weight))

    @torch.no_grad()
    def even(self, ids):
        """The same function, easier to round: each norm's channels are divided, and the columns of the product
        behind it multiplied, by (largest input)^½ (largest weight, as a share of its row's)^-½, on these ids
        (SmoothQuant, Xiao et al., 2023). Before training with rounded weights."""
        largest, hooks = {}, []
        pairs = [pair for layer in self.layers for pair in ((layer.attn_norm, layer.qkv), (layer.ffn_norm, layer.ffn_up))]
        for _, product in pairs:
            note = lambda m, x, y: largest.update({m: torch.quantile(x[0].float().flatten(0, -2)[:4096].abs(), .999, dim=0)})
            hooks.append(product.register_forward_hook(note))
        was = self.training
        self.eval()(ids)
        self.train(was)
        for hook in hooks:
            hook.remove()
        for norm, product in pairs:
            x, w = largest[product].clamp_min(1e-6), product.weight.abs()
            w = (w / w.amax(1, keepdim=True).clamp_min(1e-9)).amax(0).clamp_min(1e-6)
            s = (x / w).sqrt()
            s /= s.log().mean().exp()
            norm.weight /= s
            product.weight *= s

    @torch.no_grad()
    def see(self, books):
        """Begin with embeddings that lie as the code vectors do: one random projection a codebook,
        so that neighbouring codes mean neighbouring sounds from the first step on."""
        dims = sum(b.shape[1] for b in books)
        codes = self.hyper["codes"]
        for j, book in enumerate(books):
            x = (book - book.mean(0)) / book.std()
            self.embd[j * codes:(j + 1) * codes] = x @ torch.randn(book.shape[1], self.hyper["d"]) * dims ** -.5

    def grow(self):
        """Twice the layers, the same function: behind each layer one that adds nothing yet."""
        grown, h = nn.ModuleList(), self.hyper
        for layer in self.layers:
            new = Layer(h["d"], h["heads"], h["ff"], h["window"])
            new.load_state_dict(layer.state_dict())
            nn.init.zeros_(new.attn_out.weight)
            nn.init.zeros_(new.ffn_down.weight)
            grown.extend([layer, new])
        self.layers = grown

    def heard(self, ids):
        """What training lets through: a tenth of the codes is lost, and spans of up to a quarter of a
        second, so that no clip can be known by heart from a few of its tokens. The first token is always
        heard: it sees nothing but itself, and were it zero through all layers, each norm would raise its
        gradient by 1 / sqrt(eps), to infinity."""
        b, n, books = ids.shape
        keep = torch.rand(b, n, books, device=ids.device) > .1
        start = torch.rand(b, n, device=ids.device) < .015
        span = F.max_pool1d(F.pad(start.float()[:, None], (5, 0)), 6, 1)[:, 0] > 0
        first = torch.arange(n, device=ids.device) == 0
        return ((keep & ~span[..., None]) | first[:, None]).float()

    def forward(self, ids):
        h = self.hyper
        rows = ids + torch.arange(h["books"]) .to(ids.device) * h["codes"]
        embd = fake_quant(self.embd) if self.layers[0].qkv.quant else self.embd
        keep = self.heard(ids) if self.training else torch.ones(ids.shape, device=ids.device)
        if Layer.fused:
            x = Layer.fused.embed(rows, keep, embd)
        else:
            x = (F.embedding(rows, embd) * keep[..., None]).sum(2)
        after = []
        for layer in self.layers:
            x = layer(x)
            after.append(x)
        n = len(after)
        return (self.out(self.out_norm(x)), self.ctc(self.ctc_norm(after[n * 2 // 3 - 1])),
                self.words(self.word_norm(after[n * 5 // 6 - 1])), self.meaning(self.meaning_norm(after[max(n - 2, 0)])))
