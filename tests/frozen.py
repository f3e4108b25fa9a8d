"""What is loaded by now is never garbage: forked processes need not look through it, nor copy it."""

import gc

gc.collect()
gc.freeze()
