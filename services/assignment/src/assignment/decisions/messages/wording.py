"""The words of every message, as an office would write them to a unit or a proposer.

{blanks} are filled from what is known. A line with a blank for which nothing is known falls away,
so one wording serves with a signing limit and without.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assignment.decisions.messages.blanks import Wording
from contracts.sending import Matter

OFFICE_SIGNS = "\n\n{place}督查室\n{happened_on}"
COMMITTEE_SIGNS = "\n\n{place}提案委\n{happened_on}"

WORDING: Mapping[Matter, Wording] = MappingProxyType(
    {
        Matter.DISPATCHED: Wording(
            "交办：{case}，由贵单位{role}，请于{due_on}前{task}",
            """
{to}：
现将{case}交贵单位{role}。
本件由{lead}主办，请将会办意见送该单位。
请于{sign_by}前签收。
请于{due_on}前{task}。
{provisional}
如不属贵单位职责，请在{return_until}前申请退回，并写明理由和建议承办的单位。"""
            + OFFICE_SIGNS,
        ),
        Matter.RETURN_ASKED: Wording(
            "申请退回：{unit}，{case}",
            """
督查室：
{unit}于{happened_on}申请退回{case}。
理由：{reason}
建议承办单位：{suggested}
请研究答复。答复前，该单位仍须继续办理。""",
        ),
        Matter.RELEASED: Wording(
            "同意退回：{case}",
            """
{to}：
贵单位退回{case}的申请已获同意，自{happened_on}起不再承办此件。
已有的材料请移交新的承办单位。"""
            + OFFICE_SIGNS,
        ),
        Matter.KEPT: Wording(
            "不同意退回：{case}，请继续办理",
            """
{to}：
贵单位退回{case}的申请未获同意，请继续办理。
理由：{reason}
请于{due_on}前{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.EXTENSION_ASKED: Wording(
            "申请延期：{unit}，{case}，延至{asked_for}",
            """
督查室：
{unit}申请将{case}的办理期限延至{asked_for}。
理由：{reason}
现期限为{due_on}，请在此之前答复。""",
        ),
        Matter.EXTENDED: Wording(
            "同意延期：{case}，期限延至{due_on}",
            """
{to}：
同意{case}延期办理，新的期限为{due_on}。
请于{due_on}前{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.NOT_EXTENDED: Wording(
            "不同意延期：{case}，期限仍为{due_on}",
            """
{to}：
贵单位关于{case}的延期申请未获同意，期限仍为{due_on}。
理由：{reason}
请按期{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.MOVED: Wording(
            "期限调整：{case}，期限为{due_on}",
            """
{to}：
{case}的办理期限由{was_due_on}调整为{due_on}。
{reason}
{provisional}
请于{due_on}前{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.EARLY_LIMITS_MOVED: Wording(
            "期限调整：{case}，{limits}",
            """
{to}：
节假日安排已经公布，{case}的下列期限按工作日重新计算。
签收期限由{was_sign_by}调整为{sign_by}。
申请退回的期限由{was_return_until}调整为{return_until}。"""
            + OFFICE_SIGNS,
        ),
        Matter.RENUMBERED: Wording(
            "案号更正：{case}，原为第{was_number}号",
            """
{to}：
贵单位承办的{case}，案号已由第{was_number}号更正为第{number}号。
原因：{reason}
此前按原案号发出的通知继续有效；今后行文、查询请用第{number}号。"""
            + OFFICE_SIGNS,
        ),
        Matter.REMINDER: Wording(
            "提醒：{case}，{task}{left}",
            """
{to}：
贵单位承办的{case}，须于{due_on}前{task}，现{left}。
请合理安排，按期完成。"""
            + OFFICE_SIGNS,
        ),
        Matter.WARNING: Wording(
            "预警：{case}，{task}{left}",
            """
{to}：
贵单位承办的{case}，须于{due_on}前{task}，现{left}，予以预警。
请抓紧办理；确需延期的，请在到期前申请并说明理由。"""
            + OFFICE_SIGNS,
        ),
        Matter.YELLOW: Wording(
            "黄牌：{case}，{task}{left}",
            """
{to}：
贵单位承办的{case}，应于{due_on}前{task}，现{left}，予以黄牌警示。
请立即办理，并向督查室说明情况。"""
            + OFFICE_SIGNS,
        ),
        Matter.RED: Wording(
            "红牌：{case}，{task}{left}",
            """
{to}：
贵单位承办的{case}，应于{due_on}前{task}，现{left}，予以红牌警示。
请主要负责同志过问，立即办理，并书面说明原因。"""
            + OFFICE_SIGNS,
        ),
        Matter.CHASED: Wording(
            "催办：{case}（{manner}）",
            """
{to}：
督查室于{happened_on}就{case}催办（{manner}）。
{note}
请于{due_on}前{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.VISITED: Wording(
            "回访：{case}",
            """
{to}：
督查室于{happened_on}回访{case}的办理情况。
{note}
请于{due_on}前{task}。"""
            + OFFICE_SIGNS,
        ),
        Matter.OPINION_GIVEN: Wording(
            "会办意见：{by_unit}已就{case}提出意见",
            """
{to}：
{by_unit}已于{happened_on}就{case}提出会办意见，请登录平台查看。
认为意见不够具体的，可以退回并说明理由。""",
        ),
        Matter.OPINION_SENT_BACK: Wording(
            "退回会办意见：{case}，请重新提出",
            """
{to}：
{by_unit}退回了贵单位对{case}的会办意见，请重新提出。
理由：{reason}
请于{due_on}前{task}。""",
        ),
        Matter.REHANDLING: Wording(
            "重新办理：{case}，提案人对答复不满意",
            """
{to}：
提案人对{case}的答复不满意，自{happened_on}起重新办理。
请与提案人沟通，听取意见后再次答复。"""
            + OFFICE_SIGNS,
        ),
        Matter.ENDED: Wording(
            "终止办理：{case}",
            """
{to}：
{case}不再办理。
原因：{reason}
贵单位不必再作答复。"""
            + OFFICE_SIGNS,
        ),
        Matter.REOPENED: Wording(
            "继续办理：{case}，原终止办理的通知作废",
            """
{to}：
{case}曾终止办理，现继续办理，原终止办理的通知作废。
原因：{reason}
本件由贵单位{role}。
本件由{lead}主办，请将会办意见送该单位。
签收期限为{sign_by}。
办理期限为{due_on}，请按期{task}。
{provisional}
如不属贵单位职责，申请退回的期限为{return_until}，请写明理由和建议承办的单位。
{note}"""
            + OFFICE_SIGNS,
        ),
        Matter.ANSWERED: Wording(
            "您的提案已有答复：{case}",
            """
尊敬的{to}：
您提出的{case}，{unit}已于{happened_on}答复。
答复文号：{document}
办理结果：{class_}类
您可以登录平台查看答复，并对办理情况作出评价。感谢您对工作的关心和支持。

{place}督查室""",
        ),
        Matter.FORM_DUE: Wording(
            "请评价：{case}的办理情况",
            """
尊敬的{to}：
{answered}答复您提出的{case}。
请您登录平台填写征询意见表，对答复作出评价。您的意见是改进工作的依据。

{place}提案委""",
        ),
        Matter.NOT_FILED: Wording(
            "不予立案：{case}",
            """
尊敬的{to}：
您提出的{case}，经审查不予立案。
理由：{reason}
{note}
感谢您积极履职。如有疑问，请与提案委联系。"""
            + COMMITTEE_SIGNS,
        ),
    }
)
