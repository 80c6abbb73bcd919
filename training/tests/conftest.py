"""One thread per process: the networks here are small, and threads wait for one another."""

import torch

torch.set_num_threads(1)
