"""The next token, by a small model of the Llama kind, in NumPy: a few a second, and nothing to build."""

import numpy as np

from tests.realmodel.weights import Numbers, Weights

AT_ONCE = 256  # tokens that are read together


class Transformer:
    """A model that reads tokens and says how likely each one is to be the next; it remembers what it has read."""

    def __init__(self, weights: Weights) -> None:
        """From the file."""
        about, self._tensors = weights.about, weights.tensors
        self._layers = int(about["llama.block_count"])
        self._heads = int(about["llama.attention.head_count"])
        self._shared = int(about["llama.attention.head_count_kv"])
        self._size = int(about["llama.embedding_length"]) // self._heads
        self._small = float(about["llama.attention.layer_norm_rms_epsilon"])
        base = float(about["llama.rope.freq_base"])
        self._turns = base ** (-np.arange(0, self._size, 2, dtype=np.float32) / self._size)
        self.context = int(about["llama.context_length"])
        self._read: list[int] = []
        empty = np.zeros((self._shared, 0, self._size), np.float32)
        self._keys, self._values = [empty] * self._layers, [empty] * self._layers

    def follow(self, tokens: list[int]) -> Numbers:
        """How likely each token is to come after these, which it reads from where they differ from the last ones."""
        same = 0
        while same < min(len(tokens) - 1, len(self._read)) and tokens[same] == self._read[same]:
            same += 1
        self._keys = [keys[:, :same] for keys in self._keys]
        self._values = [values[:, :same] for values in self._values]
        self._read = tokens[:same]
        last = np.zeros(0, np.float32)
        for begin in range(same, len(tokens), AT_ONCE):
            last = self._go_on(tokens[begin : begin + AT_ONCE])
        likely: Numbers = self._tensors["token_embd.weight"] @ last
        return likely

    def _go_on(self, tokens: list[int]) -> Numbers:
        stream = self._tensors["token_embd.weight"][tokens]
        for layer in range(self._layers):
            stream = stream + self._attend(layer, self._even(stream, f"blk.{layer}.attn_norm"))
            calm = self._even(stream, f"blk.{layer}.ffn_norm")
            gate, up = calm @ self._of(layer, "ffn_gate").T, calm @ self._of(layer, "ffn_up").T
            stream = stream + (gate / (1 + np.exp(-gate)) * up) @ self._of(layer, "ffn_down").T
        self._read = [*self._read, *tokens]
        last: Numbers = self._even(stream[-1:], "output_norm")[0]
        return last

    def _attend(self, layer: int, stream: Numbers) -> Numbers:
        count, before = len(stream), len(self._read)
        asked = self._turned(self._heads_of(stream @ self._of(layer, "attn_q").T, self._heads), before)
        keys = self._turned(self._heads_of(stream @ self._of(layer, "attn_k").T, self._shared), before)
        values = self._heads_of(stream @ self._of(layer, "attn_v").T, self._shared)
        keys = self._keys[layer] = np.concatenate([self._keys[layer], keys], axis=1)
        values = self._values[layer] = np.concatenate([self._values[layer], values], axis=1)
        group = self._heads // self._shared
        near = asked @ np.repeat(keys, group, axis=0).transpose(0, 2, 1) / np.float32(np.sqrt(self._size))
        near += np.triu(np.full((count, before + count), -1e9, np.float32), before + 1)
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        mixed = (near / near.sum(axis=-1, keepdims=True)) @ np.repeat(values, group, axis=0)
        out: Numbers = mixed.transpose(1, 0, 2).reshape(count, -1) @ self._of(layer, "attn_output").T
        return out

    def _heads_of(self, stream: Numbers, heads: int) -> Numbers:
        return stream.reshape(len(stream), heads, self._size).transpose(1, 0, 2)

    def _turned(self, heads: Numbers, before: int) -> Numbers:
        """The vectors turned by where they stand, so that nearness in the text is felt."""
        angles = np.arange(before, before + heads.shape[1], dtype=np.float32)[:, None] * self._turns
        cosine, sine = np.cos(angles), np.sin(angles)
        even, odd, turned = heads[..., 0::2], heads[..., 1::2], np.empty_like(heads)
        turned[..., 0::2], turned[..., 1::2] = even * cosine - odd * sine, even * sine + odd * cosine
        return turned

    def _even(self, stream: Numbers, name: str) -> Numbers:
        size = np.sqrt(np.mean(stream**2, axis=-1, keepdims=True) + self._small)
        evened: Numbers = stream / size * self._tensors[f"{name}.weight"]
        return evened

    def _of(self, layer: int, name: str) -> Numbers:
        return self._tensors[f"blk.{layer}.{name}.weight"]
