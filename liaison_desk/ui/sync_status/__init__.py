"""The exchange with the other PCs, told truly: the room 同期 and the words of the status line."""
