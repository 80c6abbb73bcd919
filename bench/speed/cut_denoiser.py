"""Cuts an exported denoiser in two, for runs that reuse deep features. Needs onnx.

    python cut_denoiser.py model.onnx <name of the value to cut at> whole.onnx shallow.onnx

The whole one has that value as another output, `deep_features`; the shallow one has it as another input, and none of the
nodes that nothing but it needs.
"""

import sys

import onnx
from onnx import helper

source, cut, whole_path, shallow_path = sys.argv[1:]
DEEP = "deep_features"
SHAPE = ["batch", "channels", "rows", "columns"]


def deep_features():
    return helper.make_tensor_value_info(DEEP, onnx.TensorProto.FLOAT, SHAPE)


whole = onnx.load(source)
whole.graph.node.append(helper.make_node("Identity", [cut], [DEEP]))
whole.graph.output.append(deep_features())
onnx.save(whole, whole_path)

shallow = onnx.load(source)
graph = shallow.graph
for node in graph.node:
    node.input[:] = [DEEP if name == cut else name for name in node.input]
graph.input.append(deep_features())
needed, kept = {output.name for output in graph.output}, []
for node in reversed(graph.node):
    if needed.intersection(node.output):
        kept.append(node)
        needed.update(node.input)
del graph.node[:]
graph.node.extend(reversed(kept))
weights = [tensor for tensor in graph.initializer if tensor.name in needed]
del graph.initializer[:]
graph.initializer.extend(weights)
onnx.save(shallow, shallow_path)
print(f"{len(kept)} of {len(whole.graph.node) - 1} nodes", file=sys.stderr)
