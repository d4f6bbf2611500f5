"""Exchange what several devices write, without a server, a lock, a leader or a trusted clock.

The whole protocol on one page
==============================

**Operation** ``(kind, id, field, verb, value, replaces)``: one change of the cell ``(kind, id, field)``.
**Transaction** ``{v, dev, seq, hlc, wall_ms, tz_min, deps, ops}``: one device's one act, canonical CBOR, at
most 4 MiB; ``seq`` counts from 1 per device without gaps; ``deps`` names what the writer had applied of
others since its transaction before. It applies whole, when its device's earlier ones, its ``deps`` and
everything in ``replaces`` are applied; until then it is parked, and one can ask for what it waits.

**Merging** (``merge``). A cell is the set of its live dots; a dot ``(device, seq, index)`` names the operation
that wrote a value. ``set`` and ``add`` put their dot in and take out ``replaces``; ``drop`` only takes out.
So what a writer saw is replaced, whatever clocks say, and what was written concurrently stays side by side.
Equal vectors ⇒ equal digests.

**Journal** (``journal``): log, cells and the desk's projection change in one SQLite transaction.
``chain_n = blake3(chain_{n-1} || body_n)`` makes each device's log provable. One writer thread has the
``Journal``; every other thread reads with a ``LogReader`` on its own connection.

**Place**: a share (``transports.folder``) or, later, a hub. Its items have one writer, never change, and carry
hashes in their names::

    FORMAT.json                           written once by an explicit ``create``: format, incident, canary
    roster/<dev>.<n>.<h16>                device cards
    <space>/heads/<dev>.<seq>.<h16>       h16: the chain after seq; one listing is everyone's vector
    <space>/seg/<dev>/<first>-<last>.<h32>    a run of transactions (``segment``); h32: the file's hash
    <space>/ack/<dev>.<n>                 the vector that a device holds durably
    tmp/<dev>-<random>                    everything unfinished

**Round** (``engine``): prove the place (canary, own last head), publish (segment before head), take (heads to
segments to the journal, in causal order), acknowledge, listen, give back what the place lacks. Every step may
be repeated, and the program may be killed between any two of them. From absence nothing is concluded.

**Standing** (``delivery``): ``local`` → ``sending`` (offered, durably noted before the first byte leaves) →
``shared`` (visible at a place) → ``received`` (acknowledged by another device).

**Errors**: ``Offline``, ``Refused`` (``Forked``, ``Cloned``), ``Corrupt`` (``Gone``), ``TooNew``, all ``SyncError``.
"""

from sync.cells import Live, Values
from sync.delivery import Delivery, Standing
from sync.engine import Engine
from sync.errors import Cloned, Corrupt, Forked, Gone, Offline, Refused, SyncError, TooNew
from sync.journal import Journal, Problem, Received
from sync.log_reader import Kept, LogReader, Waiting
from sync.operation import Cell, Dot, Operation, Value, Verb
from sync.places import Heard, Published
from sync.projection import Projection
from sync.report import RoundReport, SetAside
from sync.salvage import Salvage, salvage
from sync.stamp import Clock, IdSource, RandomIds, SystemClock
from sync.transaction import Transaction
from sync.visit import Writer

__all__ = [
    "Cell",
    "Clock",
    "Cloned",
    "Corrupt",
    "Delivery",
    "Dot",
    "Engine",
    "Forked",
    "Gone",
    "Heard",
    "IdSource",
    "Journal",
    "Kept",
    "Live",
    "LogReader",
    "Offline",
    "Operation",
    "Problem",
    "Projection",
    "Published",
    "RandomIds",
    "Received",
    "Refused",
    "RoundReport",
    "Salvage",
    "SetAside",
    "Standing",
    "SyncError",
    "SystemClock",
    "TooNew",
    "Transaction",
    "Value",
    "Values",
    "Verb",
    "Waiting",
    "Writer",
    "salvage",
]
