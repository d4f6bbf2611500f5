"""The window: the only floor that knows Qt. Widgets read through a `Reader` and write through a `DeskThread`."""
