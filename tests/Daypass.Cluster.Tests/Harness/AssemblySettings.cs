// Times are measured and processes are killed: one test after the other, so that they do not disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
