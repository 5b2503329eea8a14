"""The check of a document (文稿自检): the figures in Chinese official prose, and where they disagree."""
