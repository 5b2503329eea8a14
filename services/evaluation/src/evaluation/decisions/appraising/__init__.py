"""The appraisal of a year (年度考评): its moves, what they lead to, and how they are refused."""
