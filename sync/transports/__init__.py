"""The ways to a place: a folder on a file server or a stick, memory (for tests), later the HQ hub.

``transport`` says what the engine needs of each of them; ``files`` is what a folder needs of a disk.
"""
