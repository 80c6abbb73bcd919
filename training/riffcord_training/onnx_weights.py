"""Smaller weight storage in ONNX files: int8 or fp16 initialisers, expanded once at load.

Runtimes fold ``Cast`` and ``Mul`` of constants when they load a graph, so inference still runs in
float32 at full speed; only the file shrinks.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_SMALLEST = 2_048


def _channel_axis(graph: onnx.GraphProto) -> dict[str, int]:
    """Weight name -> axis of its output channels (rows for embeddings)."""
    axes: dict[str, int] = {}
    for node in graph.node:
        if node.op_type == "Conv":
            axes[node.input[1]] = 0
        elif node.op_type == "MatMul":
            axes[node.input[1]] = -1
        elif node.op_type == "Gemm":
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            axes[node.input[1]] = 0 if transposed else -1
        elif node.op_type == "Gather":
            axes[node.input[0]] = 0
    return axes


def _quantise(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 with one scale per channel."""
    others = tuple(i for i in range(weight.ndim) if i != axis % weight.ndim)
    scale = np.maximum(np.abs(weight).max(others, keepdims=True), 1e-12) / 127.0
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def compress(model: onnx.ModelProto, kind: str) -> onnx.ModelProto:
    """Store large weights as ``int8`` (Cast -> Mul) or ``fp16`` (Cast)."""
    graph = model.graph
    axes = _channel_axis(graph)
    kept, nodes = [], []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        name = tensor.name
        if array.dtype != np.float32 or array.size < _SMALLEST:
            kept.append(tensor)
        elif kind == "fp16":
            kept.append(numpy_helper.from_array(array.astype(np.float16), f"{name}.half"))
            nodes.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
        elif name in axes and array.ndim >= 2:
            small, scale = _quantise(array, axes[name])
            kept.append(numpy_helper.from_array(small, f"{name}.int8"))
            kept.append(numpy_helper.from_array(scale, f"{name}.scale"))
            wide = f"{name}.wide"
            nodes.append(helper.make_node("Cast", [f"{name}.int8"], [wide], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [wide, f"{name}.scale"], [name]))
        else:
            kept.append(tensor)
    rest = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend([*nodes, *rest])
    onnx.checker.check_model(model)
    return model
