"""Words that make a condition which no notice may set: region, past performance, capital,
head-count, brand.

Seed 003: 禁止项目业主在中介服务选取时设置地域、业绩等方面限制. A scan finds wording, not intent: a
finding can be met with a public reason that a reviewer decides on. Patterns ask for a demanding
word beside the thing itself, so that a text which only mentions a place, a project or a team is
left alone. Pure.
"""

import dataclasses
import enum
import re
from collections.abc import Iterator, Mapping


class Condition(enum.StrEnum):
    """What kind of condition the words set."""

    REGION = "region"
    PERFORMANCE = "performance"
    CAPITAL = "capital"
    HEADCOUNT = "headcount"
    BRAND = "brand"


@dataclasses.dataclass(frozen=True)
class Finding:
    """Words found: in which field, in which of its paragraphs (from 1), which words, setting which
    condition.
    """

    field: str
    paragraph: int
    words: str
    condition: Condition


NEAR = r"[^。;;!!??\n]"  # stays within the sentence
DEMAND = r"(?:必须|须|应当|应|要求|需要?|仅限|只限|限于|限|优先|至少)"
PLACE = (
    r"(?:本地|本市|本县|本区|本省|当地|属地|驻地|市内|县内|省内|辖区内|市域内|县域内|行政区域内|瑞昌市?|九江市?|江西省?|"
    r"项目所在地|采购人所在地|业主所在地)"
)
FIRM = r"(?:企业|机构|公司|单位|事务所|供应商)"
OFFICE = r"(?:分支机构|分公司|子公司|办事处|办事机构|办公场所|办公地点|经营场所|固定场所|服务网点|服务机构|常驻机构)"
AT_LEAST = r"(?:不少于|不低于|不得少于|不得低于|至少|大于|超过|达到|≥|>=)"
NUMBER = r"[0-9〇零一二三四五六七八九十百千两]+"
STAFF = (
    r"(?:员工|职工|从业人员|在职人员|在册人员|专职人员|专业技术人员|持证人员|参保人员|缴纳社保人员|社保人员|"
    r"注册[^,,。;;\s]{1,8}师|执业[^,,。;;\s]{0,6}师)"
)
ONLY = r"(?:仅限|只限|限于|限|优先(?:选择|考虑|选用)?|必须为|须为|应为|须是|应是)"
DID = r"(?:完成|承担|承接|做)"
WORKS = r"(?:项目|工程|业务|服务)"
MEANS = r"(?:注册资本|注册资金|实缴资本|净资产|资产总额|年营业额|营业收入|年产值)"
USE_ONLY = r"(?:指定|限定|仅限|只限|必须(?:使用|采用|选用)|须(?:使用|采用|选用)|推荐(?:使用|采用)?)"
DEEDS = (
    r"(?:类似|同类|同类型|相似|相关|同等规模)[^。;;\n]{0,8}(?:业绩|项目经验|工程经验|服务经验|案例)"
)

PATTERNS: tuple[tuple[Condition, str], ...] = (
    (
        Condition.REGION,
        rf"(?:在|于)?{PLACE}{NEAR}{{0,8}}(?:设有|设立|设置|具有|拥有|有){NEAR}{{0,8}}{OFFICE}",
    ),
    (
        Condition.REGION,
        rf"{DEMAND}{NEAR}{{0,6}}{PLACE}{NEAR}{{0,6}}(?:注册|登记|纳税|缴纳社保|{OFFICE})",
    ),
    (
        Condition.REGION,
        rf"注册(?:地|地址|住所){NEAR}{{0,6}}(?:在|为|须|应|限|位于){NEAR}{{0,6}}{PLACE}",
    ),
    (Condition.REGION, rf"{ONLY}{NEAR}{{0,4}}{PLACE}(?:的|注册的)?{FIRM}"),
    (
        Condition.REGION,
        rf"{PLACE}(?:的|注册的|注册)?{FIRM}{NEAR}{{0,6}}(?:优先|方可|才可|才能|可报名|可参加|加分)",
    ),
    (
        Condition.REGION,
        rf"(?:外地|外省|外市|异地|市外|省外)(?:的)?{FIRM}{NEAR}{{0,8}}(?:不得|不予|不可|除外|谢绝|须在|应在)",
    ),
    (Condition.PERFORMANCE, DEEDS),
    (Condition.PERFORMANCE, rf"(?:{DEMAND}|提供|具有|具备|拥有|有){NEAR}{{0,16}}业绩"),
    (Condition.PERFORMANCE, rf"业绩{NEAR}{{0,8}}(?:{AT_LEAST}|{DEMAND}|加分|得分|良好|证明|优先)"),
    (
        Condition.PERFORMANCE,
        rf"近(?:{NUMBER})(?:个)?(?:年|月){NEAR}{{0,10}}{DID}过?{NEAR}{{0,16}}{WORKS}",
    ),
    (Condition.PERFORMANCE, rf"(?:{DEMAND}|曾){NEAR}{{0,4}}{DID}过{NEAR}{{0,20}}{WORKS}"),
    (Condition.CAPITAL, rf"{MEANS}{NEAR}{{0,10}}(?:{AT_LEAST}|{DEMAND}|以上)"),
    (Condition.CAPITAL, rf"(?:{DEMAND}|{AT_LEAST}){NEAR}{{0,12}}{MEANS}"),
    (Condition.HEADCOUNT, rf"{STAFF}{NEAR}{{0,8}}{AT_LEAST}{NEAR}{{0,2}}{NUMBER}"),
    (
        Condition.HEADCOUNT,
        rf"{AT_LEAST}{NEAR}{{0,2}}{NUMBER}(?:名|人|位|个)(?:以上)?{NEAR}{{0,4}}{STAFF}",
    ),
    (Condition.HEADCOUNT, rf"{STAFF}{NEAR}{{0,6}}{NUMBER}(?:名|人|位)(?:及)?以上"),
    (Condition.HEADCOUNT, rf"(?:企业|公司|机构|单位)(?:总)?人数{NEAR}{{0,6}}(?:{AT_LEAST}|以上)"),
    (Condition.BRAND, rf"{USE_ONLY}{NEAR}{{0,12}}(?:品牌|厂家|厂商|生产商)"),
    (Condition.BRAND, rf"品牌{NEAR}{{0,4}}(?:为|:|:|要求|限定|须|应)"),
)
COMPILED = tuple((condition, re.compile(pattern)) for condition, pattern in PATTERNS)
DISCLAIMED = re.compile(
    r"(?:不得|不再|不应|不作|不以|不将|不把|禁止|严禁|无需|无须|不要求|未设|不设|不限|没有)"
    rf"{NEAR}{{0,12}}$"
)
SENTENCE_END = re.compile(r"[。;;!!??]")


def scan(texts: Mapping[str, str]) -> list[Finding]:
    """Every finding in the texts (field name -> text), field by field, one a sentence and condition
    at most.
    """
    return [
        Finding(field, number, words, condition)
        for field, text in texts.items()
        for number, paragraph in enumerate(paragraphs(text), 1)
        for sentence in SENTENCE_END.split(paragraph)
        for condition, words in _in_sentence(sentence)
    ]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as they are numbered on the page: its lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _in_sentence(sentence: str) -> Iterator[tuple[Condition, str]]:
    seen: set[Condition] = set()
    for condition, pattern in COMPILED:
        found = pattern.search(sentence)
        # two signs further: in 无需提供业绩 the demand begins inside the word that takes it back
        if found and condition not in seen and not DISCLAIMED.search(sentence[: found.start() + 2]):
            seen.add(condition)
            yield condition, found[0]
