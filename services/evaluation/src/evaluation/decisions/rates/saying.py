"""What the formulas say alike of whom they count."""

ENDED = "撤案、并案的不计。"
ENDED_EN = "Withdrawn and merged proposals are not counted."
EACH_ANSWER = "独办、主办、分办单位作出的答复，按单位分别计；会办的不计。" + ENDED
EACH_ANSWER_EN = (
    "Answers of sole, lead and split units, each unit by itself; co-handling is not counted. "
    + ENDED_EN
)
ANSWERING_CASES = "独办、主办、分办的提案，每件计一次；会办不计。" + ENDED
ANSWERING_CASES_EN = (
    "Cases with a sole, lead or split role, each once; co-handling is not counted. " + ENDED_EN
)
APART = "没有记录的不计，另行列出。"
APART_EN = "Those without a record are not counted and listed apart. "
