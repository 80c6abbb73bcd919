"""What riffusion runs, on one thread: jobs come as lines of JSON, answers go as lines of JSON.

Arrays travel in files of raw 32-bit floats, frame after frame. CPU seconds are of this process and without the
reading and writing of those files.
"""

import json
import sys
import time

import numpy as np
import torch
import torchaudio

SAMPLE_RATE, PADDED, WINDOW, HOP = 44_100, 17_640, 4_410, 441
BINS, BANDS, MAX_HZ = PADDED // 2 + 1, 512, 10_000
BLACK = 30e6


def griffin_lim(magnitudes, iterations=32):
    """(channels, bins, frames) -> (channels, samples)"""
    search = torchaudio.transforms.GriffinLim(
        n_fft=PADDED,
        n_iter=iterations,
        win_length=WINDOW,
        hop_length=HOP,
        power=1.0,
        momentum=0.99,
        rand_init=True,
    )
    return search(magnitudes)


def invert_mel(mel):
    """(channels, bands, frames) -> (channels, bins, frames), by 200 steps of gradient descent"""
    inverse = torchaudio.transforms.InverseMelScale(
        n_stft=BINS,
        n_mels=BANDS,
        sample_rate=SAMPLE_RATE,
        f_min=0,
        f_max=MAX_HZ,
        max_iter=200,
        norm=None,
        mel_scale="htk",
    )
    return inverse(mel)


def read_picture(path, stereo):
    """Mel amplitudes of a PNG, (channels, bands, frames)."""
    from PIL import Image

    rgb = np.asarray(Image.open(path).convert("RGB"), dtype=np.float32)
    planes = [rgb[::-1, :, c] for c in ((1, 2) if stereo else (0,))]
    return torch.from_numpy(((255 - np.stack(planes)) / 255) ** 4 * BLACK).float()


def sound_to_mel(samples):
    options = {"n_fft": PADDED, "hop_length": HOP, "win_length": WINDOW, "power": None}
    scale = torchaudio.transforms.MelScale(
        n_mels=BANDS, sample_rate=SAMPLE_RATE, f_min=0, f_max=MAX_HZ, n_stft=BINS, norm=None, mel_scale="htk"
    )
    return scale(torchaudio.transforms.Spectrogram(**options)(samples).abs())


def lap(work):
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def run_griffin_lim(job):
    given = np.fromfile(job["input"], np.float32).reshape(job["channels"], -1, job["bins"])
    # What the picture does not reach is silent.
    magnitudes = torch.zeros(given.shape[0], BINS, given.shape[1])
    magnitudes[:, : job["bins"]] = torch.from_numpy(given).transpose(1, 2)
    samples, seconds = lap(lambda: griffin_lim(magnitudes, job["iterations"]))
    samples.numpy().tofile(job["output"])
    return {"cpuSeconds": seconds}


def run_riffusion(job):
    mel, reading = lap(lambda: read_picture(job["input"], job["stereo"]))
    magnitudes, inverting = lap(lambda: invert_mel(mel))
    samples, searching = lap(lambda: griffin_lim(magnitudes))
    samples.numpy().tofile(job["output"])
    return {
        "cpuSeconds": reading + inverting + searching,
        "inverseCpuSeconds": inverting,
    }


def run_sound_to_mel(job):
    samples = torch.from_numpy(np.fromfile(job["input"], np.float32).reshape(job["channels"], -1))
    return {"cpuSeconds": lap(lambda: sound_to_mel(samples))[1]}


def main():
    torch.set_num_threads(1)
    with open("/proc/self/maps") as maps:
        blas = "OpenBLAS" if "openblas" in maps.read() else "reference BLAS"
    print(json.dumps({"version": torchaudio.__version__, "blas": blas}), flush=True)
    jobs = {
        "griffin-lim": run_griffin_lim,
        "riffusion": run_riffusion,
        "sound-to-mel": run_sound_to_mel,
    }
    for line in sys.stdin:
        job = json.loads(line)
        torch.manual_seed(job.get("seed", 0))
        print(json.dumps(jobs[job["job"]](job)), flush=True)


if __name__ == "__main__":
    main()
