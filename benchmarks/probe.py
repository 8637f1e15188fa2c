"""Run one command and print what it cost: `probe.py SECONDS LOG COMMAND …` → wait status, CPU and wall seconds, KiB.

CPU is user plus system time of the process and every descendant it waited for; memory is the largest resident set
among them. The kernel counts a child's memory from before its exec, when it still is its parent's, so the
parent must be small: this script stands alone between the harness and what it measures.
"""

import os
import signal
import sys
import time


def main(seconds: int, log: str, command: list[str]) -> None:
    """Run the command in a process group of its own, its output in the log; kill it after that many seconds."""
    begin = time.perf_counter()
    output = (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    process = os.posix_spawnp(
        command[0], command, os.environ, file_actions=[output, (os.POSIX_SPAWN_DUP2, 1, 2)], setpgroup=0
    )
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(process, signal.SIGKILL))
    signal.alarm(seconds)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
