"""Several instances of the product that serve one database: who is there, and how they speak to each other.

One process on a file is alone, and nothing here costs it anything.

- ``rows``: who is alive, who does what is done once, and secrets that all have in common
- ``wire``: how what one says comes to the others, at once; what it says is no truth, rows are
- ``carriers``: which of the two ways, ``redis_wire`` or ``postgres_wire``
- ``board``: what each says of the work that it does
- ``works``: works of people that go on beside pages, one for each
- ``house``: all instances, as one of them sees them
- ``alarm``: an alarm clock for what each of them looks after
"""
