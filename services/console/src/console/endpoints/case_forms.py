"""Which forms a visitor sees on a case: what the rules take now, what of it is theirs to do first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from console.endpoints.acts import Act, Blank
from console.endpoints.case_answers import AssignmentCard, CaseDetail, Opening, Openings
from console.endpoints.first_acts import is_first
from console.endpoints.language import Language
from console.endpoints.letter_acts import LETTER_ACTS, POINT
from console.endpoints.office_acts import OFFICE_ACTS
from console.endpoints.titles import NOWHERE, Place
from console.endpoints.unit_acts import UNIT_ACTS
from contracts.identity import Actor
from contracts.vocabulary import ActorRole, ChasingManner, ContactStage

CASE_ACTS: Mapping[str, Act] = MappingProxyType(
    {act.command: act for act in (*OFFICE_ACTS, *UNIT_ACTS, *LETTER_ACTS)}
)
ITS_OWN = frozenset(
    {*(act.command for act in OFFICE_ACTS), "pass-draft", "send-back-draft", "change-result-class"}
)
TO_A_SUGGESTION = "对第 {number} 条建议的答复"
LETTERS = frozenset({"draft-reply", "issue-reply"})
STAGES = tuple(stage.value for stage in ContactStage)


@dataclass(frozen=True)
class Offer:
    """A form that may be sent now: the act as this case has it, what it is about, what it holds."""

    act: Act
    about: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    is_first: bool = False
    is_for_another: bool = False
    said: str = ""

    @property
    def unit(self) -> str:
        return self.about.get("unit", "")

    @property
    def form_id(self) -> str:
        return "-".join((self.act.command, *self.about.values()))

    @property
    def query(self) -> str:
        """The address of the page with this form open."""
        return urlencode({"act": self.act.command, **self.about})

    def is_about(self, command: str, typed: Mapping[str, str]) -> bool:
        return self.act.command == command and all(
            typed.get(name, "") == value for name, value in self.about.items()
        )


@dataclass(frozen=True)
class CaseForms:
    """The forms of one case for one visitor, on the day that is shown."""

    actor: Actor
    language: Language
    case: CaseDetail
    openings: Openings
    today: date
    titles: Place = NOWHERE

    @property
    def offers(self) -> list[Offer]:
        offers = [self._offer(each) for each in self.openings.openings if each.command in CASE_ACTS]
        return [*offers, *self._ratings()]

    def act_for(self, command: str) -> Act:
        """The act with what only this case knows: its suggestions, classes, the visitor's role."""
        act = CASE_ACTS[command]
        if command == "rate-reply" and self.actor.role is ActorRole.PROPOSER:
            act = replace(act, blanks=tuple(each for each in act.blanks if each.name != "scan"))
        if act.command in LETTERS:
            act = replace(act, blanks=(*act.blanks[:-1], *self._points(), act.blanks[-1]))
        return replace(act, blanks=tuple(self._chosen(each) for each in act.blanks))

    def _offer(self, opening: Opening) -> Offer:
        about = {name: str(value) for name, value in opening.about.items()}
        part = self.case.part_of(about.get("unit", ""))
        return Offer(
            act=self.act_for(opening.command),
            about=about,
            typed=self._at_first(opening.command, about, part),
            is_for_another=self._is_for_another(opening.command),
            said=self._said(opening.command, about, part) if part else "",
            is_first=self._is_first(opening.command, part),
        )

    def _said(self, command: str, about: Mapping[str, str], part: AssignmentCard) -> str:
        """The words that somebody answers with this form, to be read beside it."""
        match command:
            case "grant-extension" | "decline-extension":
                return part.extension_reason or ""
            case "grant-return" | "decline-return":
                return part.return_reason or ""
            case "add-co-unit" | "decline-co-unit":
                return next((one.reason for one in part.wanted if one.unit == about["co_unit"]), "")
            case "accept-co-opinion" | "send-back-co-opinion":
                co_part = self.case.part_of(about["co_unit"])
                return co_part.opinion if co_part else ""
            case _:
                number = about.get("commitment", "")
                promised = (one.text for one in part.commitments if str(one.commitment) == number)
                return next(promised, "")

    def _is_first(self, command: str, part: AssignmentCard | None) -> bool:
        """What is waited for; of a letter that may go out no further version is."""
        if command == "draft-reply" and part:
            check = self.openings.letter_of(part.unit)
            if check is not None and check.is_ready:
                return False
        return is_first(self.actor.role, command, part, self.today)

    def _is_for_another(self, command: str) -> bool:
        """Whether the supervision office would only enter what a unit has done."""
        return self.actor.role is ActorRole.SUPERVISION and command not in ITS_OWN

    def _ratings(self) -> list[Offer]:
        """An answer is rated by its proposers, or by the committee for them; in the level above, if any."""
        if self.case.handed_down and self.case.handed_down.upper:
            return []
        if self.actor.role not in {ActorRole.PROPOSER, ActorRole.COMMITTEE}:
            return []
        first = self.actor.role is ActorRole.PROPOSER
        if first and self.case.proposers and self.actor.name not in self.case.proposers:
            return []
        return [
            Offer(
                act=self.act_for("rate-reply"),
                about={"unit": part.unit},
                typed={"rated_on": self.today.isoformat()},
                is_first=first and part.state == "replied",
            )
            for part in self.case.assignments
            if part.role != "co" and part.state in {"replied", "closed"}
        ]

    def _points(self) -> list[Blank]:
        return [
            Blank(
                f"{POINT}{each.number}",
                TO_A_SUGGESTION,
                "words",
                required=False,
                facts={"number": each.number},
                said=each.text,
            )
            for each in self.case.suggestions
        ]

    def _chosen(self, blank: Blank) -> Blank:
        """A blank with its choices; where the case has none to choose from, a plain line."""
        match blank.choices_of:
            case "classes":
                choices = tuple((each.code, self._labelled(each)) for each in self._classes())
            case "levels":
                choices = self.titles.levels_offered(self.language)
            case "suggestions":
                choices = tuple(
                    (str(each.number), f"{each.number}. {each.text}")
                    for each in self.case.suggestions
                )
            case _:
                return blank
        return replace(blank, choices=choices, kind="choice" if choices else "line")

    def _classes(self) -> tuple[Any, ...]:
        return self.openings.result_classes

    def _labelled(self, each: Any) -> str:
        label = each.label_en if self.language is Language.ENGLISH else each.label
        return f"{each.code} {label}"

    def _at_first(
        self, command: str, about: Mapping[str, str], part: AssignmentCard | None
    ) -> dict[str, str]:
        """What the blanks hold before anybody has typed: today, and what is known already."""
        days = {
            each.name: self.today.isoformat() for each in CASE_ACTS[command].blanks if each.today
        }
        if command == "list-suggestions":
            return {
                "suggestions": "\n".join(
                    f"{one.number}. {one.text}" for one in self.case.suggestions
                )
            }
        known = self._known(command, part) if part else {}
        return days | {"proposer": about.get("proposer", "")} | known

    def _known(self, command: str, part: AssignmentCard) -> dict[str, str]:
        match command:
            case "grant-extension" if part.extension_until:
                return {"due_on": part.extension_until.isoformat()}
            case "grant-return":
                return {"new_unit": part.suggested_unit or ""}
            case "name-handler":
                return {"handler": part.handler or "", "department": part.department or ""}
            case "record-contact":
                return {"stage": self._next_stage(part)}
            case "give-co-opinion":
                return {"opinion": part.opinion}
            case "chase-unit" if part.completed_on:
                return {"manner": ChasingManner.RETURN_VISIT.value}
            case "carry-commitment-over":
                return {"into_year": str(self.today.year + 1)}
            case "record-result" if self.case.suggestions:
                return {"number": self._next_suggestion(part)}
            case "draft-reply" | "issue-reply":
                return self._letter(part)
            case _:
                return {}

    def _next_suggestion(self, part: AssignmentCard) -> str:
        had = {each.number for each in part.results}
        left = [each.number for each in self.case.suggestions if each.number not in had]
        return str(left[0]) if left else ""

    def _next_stage(self, part: AssignmentCard) -> str:
        """The first stage without a contact; after the answer, that after it."""
        had = {each.stage for each in part.contacts}
        if part.replied_on:
            return ContactStage.AFTER.value
        return next((stage for stage in STAGES if stage not in had), "")

    def _letter(self, part: AssignmentCard) -> dict[str, str]:
        """The latest version; before there is one, those whom the letter is to be addressed to."""
        if not part.drafts:
            return {
                "addressees": "、".join(self.case.proposers),
                "contact_person": part.handler or "",
            }
        draft = part.drafts[-1]
        return {
            "document_number": draft.document_number,
            "result_class": draft.result_class,
            "openness": draft.openness or "",
            "withheld_because": draft.withheld_because,
            "contact_person": draft.contact_person,
            "addressees": "、".join(draft.addressees),
        } | {f"{POINT}{each.number}": each.answer for each in draft.points}
