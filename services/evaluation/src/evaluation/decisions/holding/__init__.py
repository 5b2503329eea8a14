"""Who held a case how long, and what stands behind its answers; from its events and nothing else."""
