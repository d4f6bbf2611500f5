"""Sync."""

from sync.cells import Live, Values
from sync.delivery import Delivery, Standing
from sync.errors import Cloned, Corrupt, Forked, Offline, Refused, SyncError, TooNew
from sync.journal import Journal, Problem, Projection, Received
from sync.log_reader import LogReader
from sync.operation import Cell, Dot, Operation, Value, Verb
from sync.stamp import Clock, IdSource, RandomIds, SystemClock
from sync.transaction import Transaction

__all__ = [
    "Cell",
    "Clock",
    "Cloned",
    "Corrupt",
    "Delivery",
    "Dot",
    "Forked",
    "IdSource",
    "Journal",
    "Live",
    "LogReader",
    "Offline",
    "Operation",
    "Problem",
    "Projection",
    "RandomIds",
    "Received",
    "Refused",
    "Standing",
    "SyncError",
    "SystemClock",
    "TooNew",
    "Transaction",
    "Value",
    "Values",
    "Verb",
]
