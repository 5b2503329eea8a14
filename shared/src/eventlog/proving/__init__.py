"""What proves a log to somebody who does not trust us: tree, signed checkpoints, tiles, proofs.

Pure: no database, no clock. RFC 6962 and 9162 say how the tree is made; C2SP signed-note,
tlog-checkpoint, tlog-cosignature, tlog-tiles and tlog-proof say how it is written down.
"""
