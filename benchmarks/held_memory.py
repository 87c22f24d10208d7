"""What a process holds in memory, now and at most."""

import sys


def held_memory() -> float:
    """Return what this process holds now, in bytes, counted as resident."""
    if sys.platform == "win32":
        return _on_windows()[2]
    return _of_linux("VmRSS") if sys.platform == "linux" else _at_most()


def peak_memory() -> float:
    """Return the most this process has held so far, in bytes, counted as resident."""
    if sys.platform == "win32":
        return _on_windows()[1]
    return _of_linux("VmHWM") if sys.platform == "linux" else _at_most()


def _of_linux(name: str) -> float:
    """Read the kernel's own words; getrusage would also count what the parent held when it forked."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(name))


def _at_most() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _on_windows() -> list[int]:
    """Return the counters: two DWORDs share the first field, then the peak of the working set and its size now."""
    import ctypes
    from ctypes import wintypes

    counters = (ctypes.c_size_t * 10)()
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
    if not kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), counters, ctypes.sizeof(counters) - 8):
        raise OSError("the memory of this process cannot be read")
    return list(counters)
