"""Evaluation (评价): takes ratings, and computes rates and scores from the log alone."""
