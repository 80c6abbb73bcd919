"""One step of a checkpoint's denoiser in torch, on one thread, and its export to ONNX; answers in JSON.

    python torch_unet.py time <checkpoint> <batch>
    python torch_unet.py export <checkpoint> <file.onnx>
"""

import inspect
import json
import sys
import time

import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor

JOB, CHECKPOINT, ARGUMENT = sys.argv[1:4]
NAMES = ["sample", "timestep", "encoder_hidden_states"]


class Step(torch.nn.Module):
    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, states):
        return self.unet(sample, timestep, states, return_dict=False)[0]


def inputs(batch):
    return torch.randn(batch, 4, 64, 64), torch.full((batch,), 500.0), torch.randn(batch, 77, 768)


def fastest(step, arguments, runs=3):
    seconds = []
    for _ in range(runs + 1):
        start = time.process_time()
        step(*arguments)
        seconds.append(time.process_time() - start)
    return min(seconds[1:])


torch.set_num_threads(1)
unet = UNet2DConditionModel.from_pretrained(CHECKPOINT, subfolder="unet").eval()
with torch.no_grad():
    if JOB == "time":
        answer = {"version": torch.__version__, "cpuSeconds": fastest(Step(unet), inputs(int(ARGUMENT)))}
    else:
        # Attention as products and a softmax, which every exporter knows.
        unet.set_attn_processor(AttnProcessor())
        axes = {"sample": {0: "batch", 2: "rows", 3: "columns"}, "timestep": {0: "batch"}}
        axes |= {"encoder_hidden_states": {0: "batch", 1: "tokens"}}
        options = {"input_names": NAMES, "output_names": ["out_sample"], "dynamic_axes": axes, "opset_version": 17}
        if "dynamo" in inspect.signature(torch.onnx.export).parameters:
            # The newer exporter needs packages of its own.
            options["dynamo"] = False
        torch.onnx.export(Step(unet), inputs(2), ARGUMENT, **options)
        answer = {"version": torch.__version__}
print(json.dumps(answer))
