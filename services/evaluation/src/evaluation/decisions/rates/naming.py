"""The rates that a report can show, and what they are called."""

from contracts.vocabulary import Term


class RateName(Term):
    """A rate. A rulebook has to choose a formula for the first three; the others it may show."""

    ON_TIME_COMPLETION = "on_time_completion_rate", "按时办结率"
    REPLY = "reply_rate", "答复率"
    SATISFACTION = "satisfaction_rate", "满意率"
    BROAD_SATISFACTION = "broad_satisfaction_rate", "满意和基本满意率"
    FORM_RETURN = "form_return_rate", "意见表反馈率"
    COMPLETION = "completion_rate", "办结率"
    SOLUTION = "solution_rate", "解决率"
    PUBLICATION = "publication_rate", "公开率"
    SIGNING = "signing_rate", "签收率"
    MEETING = "meeting_rate", "面商率"
    VISIT = "visit_rate", "走访率"
    CONTACT = "contact_rate", "三见面率"
    CO_OPINION = "co_opinion_rate", "会办按时率"
    PROMISE = "promise_rate", "承诺兑现率"
    FILING = "filing_rate", "立案率"


REQUIRED = (RateName.ON_TIME_COMPLETION, RateName.REPLY, RateName.SATISFACTION)

ENGLISH_LABELS = {
    RateName.ON_TIME_COMPLETION: "On-time completion rate",
    RateName.REPLY: "Reply rate",
    RateName.SATISFACTION: "Satisfaction rate",
    RateName.BROAD_SATISFACTION: "Rate of satisfied and basically satisfied",
    RateName.FORM_RETURN: "Rate of returned forms",
    RateName.COMPLETION: "Completion rate",
    RateName.SOLUTION: "Solution rate",
    RateName.PUBLICATION: "Publication rate",
    RateName.SIGNING: "Signing rate",
    RateName.MEETING: "Rate of talks face to face",
    RateName.VISIT: "Visit rate",
    RateName.CONTACT: "Rate of three contacts",
    RateName.CO_OPINION: "Rate of co-opinions in time",
    RateName.PROMISE: "Rate of promises kept",
    RateName.FILING: "Filing rate",
}
