"""The same work on many things: here, on all cores of this machine, or on a Dask cluster.

Each way takes a function that can be pickled, yields results as they come, and goes on when a
worker dies: what killed it is yielded as `Lost`. Leaving the loop stops what has not begun.
"""

from __future__ import annotations

import importlib
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kpiapp import memory
from kpiapp.errors import UserError
from kpiapp.services import own_layouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Progress = Callable[[int, int, str], object]
    """Told how many things are done, of how many, and what is being done; may raise to stop."""

PIECES = 8
"""Pieces of work for each worker: enough to share the load and to show progress."""
FEW = 24
"""Up to so many files starting other processes costs more than it saves."""
AHEAD = 4
"""Items sent ahead for each thing that a cluster does at once."""
ANSWER_WITHIN = 15.0
"""Seconds in which a cluster must answer."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for a result that no worker lived to give."""

    why: str


class Spread(Protocol):
    """One way of doing work."""

    sees_files: bool
    """Whether those who do the work see the same folders."""

    @property
    def width(self) -> int:
        """How many things are done at once."""

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Lost]]:
        """Yield the place of each item with its result, in any order."""

    def close(self) -> None:
        """Give back processes or connections."""


class Here:
    """One thing after the other, in this process."""

    sees_files = True
    width = 1

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Lost]]:
        """See `Spread.run`."""
        for place, item in enumerate(items):
            yield place, work(item)

    def close(self) -> None:
        """Nothing to give back."""


class Processes:
    """On all cores. Processes are started anew, not forked: a window has threads."""

    sees_files = True

    def __init__(self, width: int | None = None) -> None:
        """Start no process yet."""
        self.width = width or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Lost]]:
        """See `Spread.run`; after a worker died, the rest is done one by one to find out why."""
        left = dict(enumerate(items))
        try:
            for place, result in self._all_at_once(work, left):
                del left[place]
                yield place, result
        except BrokenProcessPool:
            self.close()
            yield from self._one_by_one(work, left)

    def _all_at_once(
        self, work: Callable[[Item], Result], items: dict[int, Item]
    ) -> Iterator[tuple[int, Result]]:
        futures = {self._started().submit(work, item): place for place, item in items.items()}
        waiting: set[Future[Result]] = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=lambda x: x.exception() is not None):
                    yield futures[future], future.result()
        except GeneratorExit:  # nobody wants the rest
            self.close()
            raise

    def _one_by_one(
        self, work: Callable[[Item], Result], items: dict[int, Item]
    ) -> Iterator[tuple[int, Result | Lost]]:
        for place, item in items.items():
            try:
                yield place, self._started().submit(work, item).result()
            except BrokenProcessPool:
                self.close()
                yield place, Lost("处理它的进程意外退出")

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(
                self.width,
                mp_context=get_context("spawn"),
                initializer=_settle_in,
                initargs=(own_layouts.used(),),
            )
        return self._pool

    def close(self) -> None:
        """Let the processes end; what has not begun is not done."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


def _settle_in(layouts: Sequence[Path]) -> None:
    """Begin as a worker: with a person's own layouts in these folders.

    Ctrl+C is for the process that a person started; it ends the others.
    """
    own_layouts.settle(layouts)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory.look_seldom()


class Cluster:
    """On a Dask cluster; its workers need this program, but none of our files."""

    sees_files = False

    def __init__(self, address: str) -> None:
        """Connect.

        Raises:
            UserError: `distributed` is not installed, or nobody answers at the address.
        """
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            raise UserError(
                "没有安装集群组件，不能用 --scheduler",
                "请安装 kpiapp[cluster]，或去掉 --scheduler 用本机的全部内核",
            ) from error
        try:
            self._client: Any = distributed.Client(
                address, timeout=ANSWER_WITHIN, set_as_default=False
            )
        except (OSError, ValueError, TypeError) as error:
            raise UserError(
                f"连不上集群“{address}”", "请检查地址（如 tcp://10.0.0.1:8786）和调度程序"
            ) from error
        self._as_completed: Any = distributed.as_completed

    @property
    def width(self) -> int:
        """How many things the workers do at once now."""
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Lost]]:
        """See `Spread.run`; what a dead worker was at is done again by another.

        Items go out as there is room for them, so that never all of them are in memory.
        """
        places: dict[str, int] = {}
        futures: dict[str, Any] = {}
        completed = self._as_completed(loop=self._client.loop)
        waiting = iter(range(len(items)))

        def send(most: int) -> None:
            for place in islice(waiting, most):
                future = self._client.submit(work, items[place], pure=False)
                places[future.key], futures[future.key] = place, future
                completed.add(future)

        try:
            send(AHEAD * self.width)
            for future in completed:
                error = future.exception()
                del futures[future.key]
                yield (
                    places.pop(future.key),
                    Lost(f"集群没有做完（{error}）") if error else future.result(),
                )
                future.release()
                send(1)
        finally:
            self._client.cancel(list(futures.values()))

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self._client.close()


def spread_for(count: int, scheduler: str = "") -> Spread:
    """Return the way that fits so many files: a cluster where one is named.

    Raises:
        UserError: the cluster cannot be used.
    """
    if scheduler:
        return Cluster(scheduler)
    return Processes() if count > FEW and (os.cpu_count() or 1) > 1 else Here()


def tell(progress: Progress | None, done: int, total: int, text: str) -> None:
    """Tell whoever wants to know how far the work is."""
    if progress:
        progress(done, total, text)
